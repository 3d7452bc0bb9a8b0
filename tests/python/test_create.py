from weaviate.backup.backup import BackupStatus, BackupStorage

from common import WithClient


class Create(WithClient):
    def test_the_client_reads_the_version_it_decides_by(self):
        self.assertTrue(self.client.is_ready())
        self.assertEqual(self.client.get_meta()["version"], "1.39.0")

    def test_a_create_that_is_waited_for_ends_in_success(self):
        made = self.backup.create(
            "waited", BackupStorage.FILESYSTEM, include_collections=["Product"], wait_for_completion=True
        )
        self.assertEqual((made.status, made.collections), (BackupStatus.SUCCESS, ["Product"]))
        self.assertEqual(made.path, "/var/lib/weaviate/backups/waited")

    def test_a_create_that_is_not_waited_for_is_followed_by_its_status_and_then_listed(self):
        begun = self.backup.create("followed", BackupStorage.S3, exclude_collections=["Archive"])
        self.assertEqual(begun.status, BackupStatus.STARTED)
        self.assertEqual(sorted(begun.collections), ["Article", "Category", "Product"])
        ended = self.ended(lambda: self.backup.get_create_status("followed", BackupStorage.S3))
        self.assertEqual((ended.status, ended.error), (BackupStatus.SUCCESS, None))
        self.assertGreater(ended.size, 0)
        newest, oldest = self.backup.list_backups(BackupStorage.S3)
        self.assertEqual((newest.backup_id, oldest.backup_id), ("followed", "nightly"))
        self.assertEqual((newest.status, newest.size), (ended.status, ended.size))
        self.assertLess(newest.started_at, newest.completed_at)
        oldest_first = self.backup.list_backups(BackupStorage.S3, sort_by_starting_time_asc=True)
        self.assertEqual([one.backup_id for one in oldest_first], ["nightly", "followed"])
