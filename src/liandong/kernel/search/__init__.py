"""One index over what every app wants found: Chinese, pinyin and its initials, as its reader may see it."""
