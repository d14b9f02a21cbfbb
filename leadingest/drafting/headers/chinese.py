"""Headers in Chinese, traditional and simplified; those of Hong Kong come beside English ones."""

from __future__ import annotations

from typing import Final

#: Where it is written, the likeliest first.
REGIONS: Final = ("HK", "TW", "CN", "SG")

HEADERS: Final[dict[str, dict[float, tuple[str, ...]]]] = {
    "company": {
        0.8: (
            "名稱",
            "名称",
            "中文名稱",
            "機構名稱",
            "中心名稱",
            "公司名稱",
            "公司名称",
            "单位名称",
            "學校名稱",
        )
    },
    "operator": {
        0.9: (
            "營辦機構",
            "營運機構",
            "辦學團體",
        )
    },
    "contact": {
        0.9: (
            "負責人",
            "联系人",
            "聯絡人",
            "负责人",
        )
    },
    "phone": {
        1.0: (
            "電話",
            "电话",
            "聯絡電話",
            "联系电话",
            "電話號碼",
        )
    },
    "fax": {
        1.0: (
            "傳真",
            "传真",
        )
    },
    "email": {
        1.0: (
            "電郵",
            "電郵地址",
            "邮箱",
            "電子郵件",
        )
    },
    "website_address": {
        1.0: (
            "網址",
            "网址",
            "網站",
        )
    },
    "address1": {
        0.8: (
            "地址",
            "中文地址",
            "通訊地址",
        )
    },
    "city": {
        0.9: (
            "城市",
            "市",
        )
    },
    "province": {
        0.9: (
            "地區",
            "区",
            "區",
            "省",
            "縣市",
        )
    },
    "zip": {
        1.0: (
            "郵遞區號",
            "邮编",
        )
    },
    "capacity": {
        1.0: (
            "名額",
            "服務名額",
            "核定人數",
            "容量",
        )
    },
    "license_number": {
        1.0: (
            "牌照號碼",
            "許可證號",
            "许可证号",
            "立案字號",
        )
    },
    "license_issued": {
        0.9: (
            "發牌日期",
            "設立日期",
            "核准日期",
        )
    },
    "certificate_expiration_date": {
        1.0: (
            "到期日",
            "屆滿日期",
        )
    },
    "license_type": {
        0.9: (
            "類別",
            "类别",
            "種類",
            "服務類別",
        )
    },
    "license_status": {
        0.95: (
            "狀態",
            "状态",
        )
    },
}
