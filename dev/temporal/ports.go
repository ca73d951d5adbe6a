package temporal

import (
	"errors"
	"fmt"
	"net"
	"runtime"

	"go.temporal.io/server/common/membership/static"
	"go.temporal.io/server/common/primitives"
)

// PortTakenError says which port another program holds and which setting moves ours.
type PortTakenError struct {
	Port    int
	For     string
	Setting string
	cause   error
}

// Error names the port, what it was for and the setting to change.
func (e *PortTakenError) Error() string {
	return fmt.Sprintf("port %d for %s is taken by another program: set %s to a free port", e.Port, e.For, e.Setting)
}

// Unwrap gives the cause that the system reported.
func (e *PortTakenError) Unwrap() error { return e.cause }

// servicePorts are the gRPC ports of the four services in the process. Only the frontend's is for clients.
type servicePorts map[primitives.ServiceName]int

// hosts tells the services where to find each other, which needs no gossip and so no gossip ports.
func (p servicePorts) hosts() map[primitives.ServiceName]static.Hosts {
	hosts := make(map[primitives.ServiceName]static.Hosts, len(p))
	for service, port := range p {
		hosts[service] = static.SingleLocalHost(loopback(port))
	}
	return hosts
}

// choosePorts checks the ports that were asked for, fills in free ones for those left at 0, and finds the internal ones.
func choosePorts(options *Options) (servicePorts, error) {
	var err error
	if options.FrontendPort, err = portFor(options.FrontendPort, "the Temporal server", FrontendPortSetting); err != nil {
		return nil, err
	}
	if !options.WithoutUI {
		if options.UIPort, err = portFor(options.UIPort, "the Temporal Web UI", UIPortSetting); err != nil {
			return nil, err
		}
	}
	ports := servicePorts{primitives.FrontendService: options.FrontendPort}
	for _, service := range []primitives.ServiceName{
		primitives.HistoryService, primitives.MatchingService, primitives.WorkerService,
	} {
		if ports[service], err = freePort(); err != nil {
			return nil, err
		}
	}
	return ports, nil
}

func portFor(port int, use, setting string) (int, error) {
	if port == 0 {
		return freePort()
	}
	if port < 0 || port > 65535 {
		return 0, fmt.Errorf("port %d for %s is not a port number: set %s to one from 1 to 65535", port, use, setting)
	}
	listener, err := net.Listen("tcp", loopback(port))
	if err != nil {
		return 0, &PortTakenError{Port: port, For: use, Setting: setting, cause: err}
	}
	return port, listener.Close()
}

// freePort finds a port that the system will not give to anybody else in the next minute. On Linux a port closed
// without traffic can be handed out again at once; one that ends in TIME_WAIT cannot, yet a listener that asks for it by
// number gets it. Elsewhere ports are handed out in turn.
func freePort() (port int, err error) {
	listener, err := net.Listen("tcp", loopback(0))
	if err != nil {
		return 0, fmt.Errorf("find a free port: %w", err)
	}
	defer func() { err = errors.Join(err, listener.Close()) }()
	address := listener.Addr().(*net.TCPAddr)
	if runtime.GOOS != "linux" {
		return address.Port, nil
	}
	outgoing, err := net.DialTCP("tcp", nil, address)
	if err != nil {
		return 0, fmt.Errorf("find a free port: %w", err)
	}
	defer func() { err = errors.Join(err, outgoing.Close()) }()
	incoming, err := listener.Accept()
	if err != nil {
		return 0, fmt.Errorf("find a free port: %w", err)
	}
	return address.Port, incoming.Close() // this side first: it is the side that waits
}
