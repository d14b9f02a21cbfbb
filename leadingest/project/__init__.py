"""The front door for programs: a project, its runs, and what its database holds."""

from leadingest.project.project import Project as Project
