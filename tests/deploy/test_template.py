"""The template for AWS: what it becomes, and what can then happen to a file and a message."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, get_args

import pytest

from leadingest.cloud.handler import Outcome
from leadingest.cloud.log import MessageLog
from leadingest.settings import Settings
from leadingest.stores.objects import _COPY

AWS = Path(__file__).parents[2] / "deploy/aws"
TEMPLATE = (AWS / "template.yaml").read_text(encoding="utf-8")
#: What has no default, and what changes the resources.
GIVEN = {"BucketName": "acme-leads", "DatabaseUrlSecret": "leads/database", "AlarmEmail": "ops@acme.example"}

Resources = dict[str, dict[str, Any]]


def parsed() -> dict[str, Any]:
    """The template as it is written. What reads it is large, and imported by the process that runs these tests alone."""
    from samtranslator.yaml_helper import yaml_parse

    read: dict[str, Any] = yaml_parse(TEMPLATE)
    return read


@pytest.fixture(scope="module")
def resources() -> Resources:
    """What AWS would be asked to make."""
    from samtranslator.parser.parser import Parser
    from samtranslator.translator.translator import Translator

    template = parsed()
    template["Resources"]["Function"]["Properties"]["ImageUri"] = (
        "leadingest:lambda"  # as `sam build` writes it
    )
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("AWS_DEFAULT_REGION", "eu-west-1")
        expanded = Translator({}, Parser()).translate(template, GIVEN)
    made: Resources = expanded["Resources"]
    return made


def of_type(resources: Resources, kind: str) -> list[dict[str, Any]]:
    """The properties of all resources of a kind; there is at least one."""
    found = [each.get("Properties", {}) for each in resources.values() if each["Type"] == f"AWS::{kind}"]
    assert found, kind
    return found


def properties(resources: Resources, name: str) -> dict[str, Any]:
    made: dict[str, Any] = resources[name]["Properties"]
    return made


def statements(resources: Resources) -> Iterator[dict[str, Any]]:
    """Every statement of every policy: of roles, queues and buckets."""
    for made in resources.values():
        given = made.get("Properties", {})
        policies = [each["PolicyDocument"] for each in given.get("Policies", [])]
        policies += [given[key] for key in ("PolicyDocument", "AssumeRolePolicyDocument") if key in given]
        for policy in policies:
            for each in policy["Statement"]:
                # One that is there by a condition: what it is then.
                yield each["Fn::If"][1] if "Fn::If" in each else each


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


@pytest.mark.long
def test_the_linter_of_aws_finds_nothing() -> None:
    import cfnlint.api

    assert [str(match) for match in cfnlint.api.lint(TEMPLATE, regions=["eu-west-1"])] == []


def test_one_message_at_a_time_and_only_what_is_not_done_comes_back(resources: Resources) -> None:
    [mapping] = of_type(resources, "Lambda::EventSourceMapping")
    assert mapping["EventSourceArn"] == {"Fn::GetAtt": ["Queue", "Arn"]}
    assert mapping["BatchSize"] == 1
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


def test_no_more_files_at_a_time_than_the_database_bears(resources: Resources) -> None:
    [mapping] = of_type(resources, "Lambda::EventSourceMapping")
    default = parsed()["Parameters"]["MaximumConcurrency"]
    assert mapping["ScalingConfig"]["MaximumConcurrency"] in (
        {"Ref": "MaximumConcurrency"},
        default["Default"],
    )
    assert 2 <= default["Default"] <= 10 and default["MinValue"] == 2  # AWS takes no less


def test_a_message_stays_hidden_for_six_times_as_long_as_a_function_may_take(resources: Resources) -> None:
    assert (
        properties(resources, "Queue")["VisibilityTimeout"]
        >= 6 * properties(resources, "Function")["Timeout"]
    )


def test_a_message_that_nobody_can_do_ends_in_the_dead_letter_queue(resources: Resources) -> None:
    redrive = properties(resources, "Queue")["RedrivePolicy"]
    assert redrive["deadLetterTargetArn"] == {"Fn::GetAtt": ["DeadLetterQueue", "Arn"]}
    assert redrive["maxReceiveCount"] >= 5  # what Lambda asks for
    # Fourteen days, the longest that there is: somebody may be on holiday.
    assert {queue["MessageRetentionPeriod"] for queue in of_type(resources, "SQS::Queue")} == {14 * 86400}


def test_the_bucket_keeps_versions_and_tells_of_the_inbox_alone(resources: Resources) -> None:
    bucket = properties(resources, "Bucket")
    assert bucket["VersioningConfiguration"]["Status"] == "Enabled"
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    [queue] = bucket["NotificationConfiguration"]["QueueConfigurations"]
    assert queue["Queue"] == {"Fn::GetAtt": ["Queue", "Arn"]}
    assert queue["Filter"]["S3Key"]["Rules"] == [{"Name": "prefix", "Value": "inbox/"}]
    assert resources["Bucket"]["DeletionPolicy"] == resources["Bucket"]["UpdateReplacePolicy"] == "Retain"


def test_the_places_are_apart_and_what_is_kept_is_not_told_of(resources: Resources) -> None:
    variables = properties(resources, "Function")["Environment"]["Variables"]
    places = {name: variables[f"LEADINGEST_{name.upper()}"] for name in ("inbox", "archive", "dead_letters")}
    assert {name: place["Fn::Sub"].rpartition("/")[2] for name, place in places.items()} == {
        name: name for name in places
    }


def test_only_the_bucket_may_write_to_the_queue(resources: Resources) -> None:
    [policy] = of_type(resources, "SQS::QueuePolicy")
    [statement] = policy["PolicyDocument"]["Statement"]
    assert statement["Principal"] == {"Service": "s3.amazonaws.com"}
    assert statement["Condition"]["StringEquals"] == {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}
    assert "${BucketName}" in statement["Condition"]["ArnEquals"]["aws:SourceArn"]["Fn::Sub"]
    # S3 asks the queue when the bucket is made.
    assert "QueuePolicy" in as_list(resources["Bucket"]["DependsOn"])


def test_no_right_is_wider_than_what_it_is_for(resources: Resources) -> None:
    allowed = [each for each in statements(resources) if each["Effect"] == "Allow"]
    assert allowed
    for each in allowed:
        assert each["Principal"] != "*" if "Principal" in each else "*" not in as_list(each["Resource"])
        assert not any("*" in action for action in as_list(each["Action"])), each


def test_the_function_has_its_own_role_and_may_change_nothing_in_the_inbox(resources: Resources) -> None:
    [role] = of_type(resources, "IAM::Role")
    # Interfaces in a network are the one right that AWS gives for everything, so it is its policy, and only there.
    condition, managed, otherwise = role["ManagedPolicyArns"]["Fn::If"]
    assert condition == "InNetwork" and otherwise == {"Ref": "AWS::NoValue"}
    assert [each["Fn::Sub"].rpartition("/")[2] for each in managed] == ["AWSLambdaENIManagementAccess"]
    for each in statements(resources):
        if "/inbox/" in json.dumps(each.get("Resource")):
            assert set(each["Action"]) == {"s3:GetObject", "s3:GetObjectVersion"}


def test_an_object_that_somebody_tagged_can_be_kept(resources: Resources) -> None:
    # Tags stay behind when an object is copied, so that no right to them is needed.
    assert "REPLACE" in _COPY.values()
    assert not [
        action for each in statements(resources) for action in as_list(each["Action"]) if "Tag" in action
    ]


def test_what_is_set_are_settings(resources: Resources) -> None:
    variables = properties(resources, "Function")["Environment"]["Variables"]
    assert set(variables) <= {f"LEADINGEST_{name.upper()}" for name in (*Settings.model_fields, "project")}


def granted_where(condition: str, resources: Resources) -> dict[str, Any]:
    """What the function may do only where the condition holds."""
    [role] = of_type(resources, "IAM::Role")
    given = [
        each["Fn::If"] for each in role["Policies"][0]["PolicyDocument"]["Statement"] if "Fn::If" in each
    ]
    [(statement, otherwise)] = [rest for name, *rest in given if name == condition]
    assert otherwise == {"Ref": "AWS::NoValue"}
    granted: dict[str, Any] = statement
    return granted


def test_a_project_in_the_bucket_can_be_read_and_not_changed(resources: Resources) -> None:
    given = granted_where("ProjectInBucket", resources)
    assert given["Action"] == "s3:GetObject"
    assert given["Resource"]["Fn::Sub"].endswith("${BucketName}/project/*")
    named = properties(resources, "Function")["Environment"]["Variables"]["LEADINGEST_PROJECT"]["Fn::If"]
    assert named == ["ProjectInBucket", {"Fn::Sub": "s3://${BucketName}/project"}, {"Ref": "AWS::NoValue"}]
    # What third parties write is elsewhere: it is refused where a mapping could be dropped.
    assert parsed()["Parameters"]["Project"]["Default"] == "image"


def test_no_password_stands_in_the_template(resources: Resources) -> None:
    variables = properties(resources, "Function")["Environment"]["Variables"]
    condition, lake, database = variables["LEADINGEST_DATABASE_URL"]["Fn::If"]
    assert condition == "IsLake"
    assert lake == {"Fn::Sub": "s3://${BucketName}/lake"}
    assert database["Fn::Sub"].startswith("{{resolve:secretsmanager:")
    assert parsed()["Conditions"]["IsLake"] == {"Fn::Equals": [{"Ref": "DatabaseUrlSecret"}, ""]}


def test_nobody_but_the_program_changes_what_engines_read(resources: Resources) -> None:
    [policy] = of_type(resources, "S3::BucketPolicy")
    [statement] = [
        each for each in policy["PolicyDocument"]["Statement"] if "lake" in json.dumps(each["Resource"])
    ]
    assert (statement["Effect"], statement["Principal"]) == ("Deny", "*")
    assert {"s3:DeleteObject", "s3:DeleteObjectVersion"} <= set(statement["Action"])
    # The log of the Delta table lies there, too, and no other part of the lake.
    pattern = statement["Resource"]["Fn::Sub"].removeprefix("${Bucket.Arn}/")
    kept = ["lead_sources/leads/acme/7/part.parquet", "lead_sources/leads/_delta_log/0.json"]
    assert all(fnmatch(f"lake/{key}", pattern) for key in kept)
    assert not fnmatch("lake/lead_sources/ledger/acme.json", pattern)
    condition, with_operators, alone = statement["Condition"]["ArnNotEquals"]["aws:PrincipalArn"]["Fn::If"]
    assert condition == "HasOperators"
    assert alone == {"Fn::GetAtt": ["Role", "Arn"]}
    assert alone in with_operators["Fn::Split"][1]["Fn::Join"][1]
    assert '{"Ref": "OperatorRoles"}' in json.dumps(with_operators)


def test_the_function_may_write_the_lake_that_it_is_told_of(resources: Resources) -> None:
    allowed = granted_where("IsLake", resources)
    assert allowed["Resource"]["Fn::Sub"].endswith("${BucketName}/lake/*")
    assert set(allowed["Action"]) == {"s3:GetObject", "s3:PutObject", "s3:DeleteObject"}


def test_log_lines_are_kept_for_a_time_and_in_a_group_of_their_own(resources: Resources) -> None:
    [group] = of_type(resources, "Logs::LogGroup")
    assert group["RetentionInDays"] in ({"Ref": "LogRetentionDays"}, 90)
    assert properties(resources, "Function")["LoggingConfig"] == {"LogGroup": {"Ref": "LogGroup"}}


def test_somebody_is_told_of_all_that_needs_a_person(resources: Resources) -> None:
    alarms = of_type(resources, "CloudWatch::Alarm")
    assert all(alarm["AlarmActions"] == [{"Ref": "Alarms"}] for alarm in alarms)
    watched = {alarm["MetricName"]: alarm for alarm in alarms}
    assert set(watched) == {
        "ApproximateAgeOfOldestMessage",
        "ApproximateNumberOfMessagesVisible",
        "FilesNeedingAttention",
        "LoadedFiles",
    }
    aside = watched["ApproximateNumberOfMessagesVisible"]
    assert aside["Dimensions"][0]["Value"] == {"Fn::GetAtt": ["DeadLetterQueue", "QueueName"]}
    # Where nothing is loaded there is no figure either.
    assert watched["LoadedFiles"]["TreatMissingData"] == "breaching"
    # CloudWatch looks back seven days at most.
    most = parsed()["Parameters"]["FreshnessDays"]["MaxValue"]
    assert watched["LoadedFiles"]["Period"] * most <= 7 * 86400


def test_what_alarms_look_at_is_counted(resources: Resources) -> None:
    counted = {
        (each["MetricNamespace"]["Fn::Sub"], each["MetricName"])
        for made in of_type(resources, "Logs::MetricFilter")
        for each in made["MetricTransformations"]
    }
    own = {
        (alarm["Namespace"]["Fn::Sub"], alarm["MetricName"])
        for alarm in of_type(resources, "CloudWatch::Alarm")
        if alarm["Namespace"] != "AWS/SQS"
    }
    assert own == counted


def test_what_is_counted_is_in_the_log(resources: Resources) -> None:
    for made in of_type(resources, "Logs::MetricFilter"):
        event, *outcomes = re.findall(r'= "(\w+)"', made["FilterPattern"])
        assert f'"{event}"' in inspect.getsource(MessageLog)
        assert outcomes and set(outcomes) <= set(get_args(Outcome))
