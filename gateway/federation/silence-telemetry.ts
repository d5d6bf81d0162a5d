// Tells @apollo/gateway, before it is imported, to send no telemetry to its maker.
process.env.APOLLO_TELEMETRY_DISABLED = "true";
