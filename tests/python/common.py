"""What the files of tests share: a client of the server whose port is in SIMULATED_PORT, which is a new one for each file."""

import os
import time
import unittest

import weaviate
from weaviate.classes.init import AdditionalConfig, Timeout

# Statuses change 2 s and 12 s after a POST. A status that has not come by then does not come.
PATIENCE_SECONDS = 30


class WithClient(unittest.TestCase):
    """A test with a connected `client`."""

    def setUp(self):
        port = int(os.environ["SIMULATED_PORT"])
        self.client = weaviate.connect_to_custom(
            http_host="127.0.0.1",
            http_port=port,
            http_secure=False,
            # Never called, backups have no gRPC; but it must differ from the other.
            grpc_host="127.0.0.1",
            grpc_port=1,
            grpc_secure=False,
            additional_config=AdditionalConfig(timeout=Timeout(init=10, query=60, insert=60)),
            skip_init_checks=True,
        )
        self.addCleanup(self.client.close)
        self.backup = self.client.backup

    def ended(self, ask):
        """The first status of `ask()` that is an end. The server tells nobody when, so it is asked again."""
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            answer = ask()
            if answer.status.value in ("SUCCESS", "FAILED", "CANCELED"):
                return answer
            self.assertLess(time.monotonic(), until, f"still {answer.status}")
            time.sleep(0.1)
