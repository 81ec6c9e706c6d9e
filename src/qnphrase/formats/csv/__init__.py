"""CSV packs: what Qianniu exports and imports (推荐的格式), and what spreadsheets make of it."""
