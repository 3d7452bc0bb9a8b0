from weaviate.backup.backup import BackupStatus, BackupStorage
from weaviate.exceptions import BackupFailedException

from common import WithClient


class Restore(WithClient):
    def test_a_restore_that_is_waited_for_brings_its_collections_back(self):
        self.assertFalse(self.client.collections.exists("Brand"))
        done = self.backup.restore(
            "nightly", BackupStorage.S3, include_collections=["Brand", "Supplier"], wait_for_completion=True
        )
        self.assertEqual((done.status, sorted(done.collections)), (BackupStatus.SUCCESS, ["Brand", "Supplier"]))
        self.assertTrue(self.client.collections.exists("Brand"))

    def test_a_collection_in_the_way_fails_the_restore_and_the_others_are_there(self):
        with self.assertRaises(BackupFailedException) as failed:
            self.backup.restore(
                "nightly",
                BackupStorage.FILESYSTEM,
                include_collections=["Product", "Glossary"],
                wait_for_completion=True,
            )
        self.assertIn("class name Product already exists", str(failed.exception))
        self.assertTrue(self.client.collections.exists("Glossary"))
