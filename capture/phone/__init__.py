"""When a call is over: who holds the microphone, one file per system behind one protocol (capture.phone.system)."""
