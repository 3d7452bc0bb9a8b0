from weaviate.backup.backup import BackupStatus, BackupStorage
from weaviate.exceptions import UnexpectedStatusCodeError

from common import WithClient

DISK = BackupStorage.FILESYSTEM


class Cancel(WithClient):
    def test_a_create_that_runs_is_cancelled_and_its_id_stays_used(self):
        self.backup.create("long", DISK, include_collections=["Archive"])
        self.assertTrue(self.backup.cancel("long", DISK))
        self.assertEqual(self.ended(lambda: self.backup.get_create_status("long", DISK)).status, BackupStatus.CANCELED)
        with self.assertRaises(UnexpectedStatusCodeError) as refused:
            self.backup.create("long", DISK, include_collections=["Product"])
        self.assertEqual(refused.exception.status_code, 422)

    def test_a_restore_that_runs_is_cancelled_and_restores_nothing(self):
        self.backup.restore("nightly", DISK, include_collections=["OrderLine"])
        self.assertEqual(self.backup.get_restore_status("nightly", DISK).status.value, "TRANSFERRING")
        self.assertTrue(self.backup.cancel("nightly", DISK, operation="restore"))
        ended = self.ended(lambda: self.backup.get_restore_status("nightly", DISK))
        self.assertEqual(ended.status, BackupStatus.CANCELED)
        self.assertFalse(self.client.collections.exists("OrderLine"))

    def test_what_has_succeeded_cannot_be_cancelled(self):
        with self.assertRaises(UnexpectedStatusCodeError) as refused:
            self.backup.cancel("nightly", BackupStorage.S3)
        self.assertIn('backup "nightly" already succeeded', str(refused.exception))
