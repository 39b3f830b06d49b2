# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The limit of a start: an empty Qt window, shown and painted. Started as a program; tells when that was."""

import json
import sys
import time

from PySide6.QtWidgets import QApplication, QMainWindow

app = QApplication(sys.argv[:1])
window = QMainWindow()
window.resize(1280, 800)
window.show()
app.processEvents()
window.grab()
print(json.dumps({"editable": time.perf_counter(), "used": time.process_time()}))
window.close()
