"""Turn what was claimed at a seminar into a graph that can be questioned, cited and drawn."""
