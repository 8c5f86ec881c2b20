"""The broker of readings (NATS, which speaks MQTT): its keys and configuration, and who may say what."""
