"""The routes of the pages: each reads its parameters, makes a view model and renders it."""
