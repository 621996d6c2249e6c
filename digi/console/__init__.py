"""The console door: the `digi` command."""
