"""Complete deployments told as mails in and letters out: stories that a deployment manager can read and write."""
