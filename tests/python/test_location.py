from weaviate.backup.backup import BackupStatus, BackupStorage
from weaviate.backup.backup_location import BackupLocation
from weaviate.exceptions import UnexpectedStatusCodeError

from common import WithClient

S3 = BackupStorage.S3


class Location(WithClient):
    def test_a_backup_in_another_bucket_is_found_only_where_it_is(self):
        elsewhere = BackupLocation.S3(bucket="dr-backups", path="teams/search")
        made = self.backup.create(
            "moved", S3, include_collections=["Category"], backup_location=elsewhere, wait_for_completion=True
        )
        self.assertEqual((made.status, made.path), (BackupStatus.SUCCESS, "s3://dr-backups/teams/search/moved"))
        self.assertEqual(self.backup.get_create_status("moved", S3, elsewhere).path, made.path)
        with self.assertRaises(UnexpectedStatusCodeError) as unknown:
            self.backup.get_create_status("moved", S3)
        self.assertEqual(unknown.exception.status_code, 404)
        self.assertNotIn("moved", [one.backup_id for one in self.backup.list_backups(S3)])

        self.client.collections.delete("Category")
        done = self.backup.restore("moved", S3, backup_location=elsewhere, wait_for_completion=True)
        self.assertEqual((done.status, done.path), (BackupStatus.SUCCESS, made.path))
        self.assertTrue(self.client.collections.exists("Category"))

    def test_a_bucket_that_does_not_exist_refuses_the_create(self):
        with self.assertRaises(UnexpectedStatusCodeError) as refused:
            self.backup.create("nowhere", S3, backup_location=BackupLocation.S3(bucket="no-such-bucket", path="x"))
        self.assertEqual(refused.exception.status_code, 500)
        self.assertIn("The specified bucket does not exist", str(refused.exception))
