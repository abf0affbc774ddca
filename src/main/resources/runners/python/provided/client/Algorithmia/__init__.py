"""Algorithmia's client inside an algorithm: calls go over the worker's own socket, without key and network."""

from .algorithm import Algorithm, AlgoResponse, OutputType
from .client import Client
from . import errors

apiKey = None
apiAddress = None


def client(api_key=None, api_address=None, ca_cert=None, bearer_token=None):
    return Client()


def algo(reference):
    return Client().algo(reference)


def file(reference):
    return Client().file(reference)


def dir(reference):
    return Client().dir(reference)
