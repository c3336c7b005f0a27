"""The board over a real socket: real uvicorn, real database, real requests."""
