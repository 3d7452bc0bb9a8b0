from weaviate.backup.backup import BackupStorage
from weaviate.exceptions import UnexpectedStatusCodeError

from common import WithClient


class Errors(WithClient):
    def refused(self, call, status, text):
        with self.assertRaises(UnexpectedStatusCodeError) as refused:
            call()
        self.assertEqual(refused.exception.status_code, status)
        self.assertIn(text, str(refused.exception))

    def test_an_id_that_is_used_is_refused_with_the_place_of_the_other(self):
        self.refused(
            lambda: self.backup.create("nightly", BackupStorage.S3),
            422,
            'backup "nightly" already exists at "s3://weaviate-backups/prod/nightly"',
        )

    def test_a_backend_that_is_not_enabled_is_refused_by_name(self):
        text = 'no backup backend "gcs": backup: gcs not found'
        self.refused(lambda: self.backup.create("a", BackupStorage.GCS), 422, text)
        self.refused(lambda: self.backup.list_backups(BackupStorage.GCS), 422, text)

    def test_an_unknown_backup_has_no_status_and_no_restore(self):
        self.refused(lambda: self.backup.get_create_status("none", BackupStorage.FILESYSTEM), 404, "metadata not found")
        self.refused(lambda: self.backup.restore("none", BackupStorage.FILESYSTEM), 404, "does not exist")
