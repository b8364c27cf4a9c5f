"""Facts about Chinese and English that every later layer needs: scripts, words, glosses."""
