"""How the site is built: `make docs`."""

project = "leadingest"
root_doc = "index"
extensions = ["myst_parser"]
exclude_patterns = ["conf.py"]
myst_heading_anchors = 4
html_theme = "furo"
html_title = "leadingest"
html_copy_source = False
html_show_copyright = False
html_show_sphinx = False
# What commands print is wide.
html_theme_options = {"navigation_with_keys": True, "light_css_variables": {"code-font-size": "0.75rem"}}
