"""The PDF edition: the built pages put into one, printed by Chromium, with page numbers in its contents."""
