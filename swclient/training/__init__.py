# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Training back ends: a customs office and a tax office on this machine, for practice and tests.

The client never imports what answers; it starts a process of its own and speaks to it over TLS.
Importing this package is light: the web framework is loaded only inside that process. Contract:
docs/handbook/training.md.
"""

from swclient.training.options import TrainingOptions
from swclient.training.process import RunningTraining, start_process

__all__ = ["RunningTraining", "TrainingOptions", "start_process"]
