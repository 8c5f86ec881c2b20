"""信息共享 (clause 二(一)1): registers of all that exists, kept fresh, reported up and given out; it owns no stock."""
