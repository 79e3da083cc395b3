"""A Hub on the loopback interface: real HTTP, recorded documents, and faults at the flick of a switch."""

from tests.hub_server.server import Fault, HubServer, running_hub

__all__ = ["Fault", "HubServer", "running_hub"]
