package temporal

import (
	"fmt"
	"net/url"
	"time"

	"github.com/google/uuid"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/server/common/cluster"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/dynamicconfig"
	sqliteplugin "go.temporal.io/server/common/persistence/sql/sqlplugin/sqlite"
	"go.temporal.io/server/schema/sqlite"
	"google.golang.org/protobuf/types/known/durationpb"
)

const (
	clusterName = "active"
	// historyShards is part of the file: another number does not open a file made with this one.
	historyShards = 4
	// retention is how long a finished run stays in the list of the Web UI.
	retention = 7 * 24 * time.Hour
	// pollsPerSecond lifts the default of 20, which adds some 50 ms to every workflow task of a lightly used server.
	pollsPerSecond = 2000
	// visibilityPerSecond lifts the default of 10, which a test that polls the list soon meets.
	visibilityPerSecond = 500
)

// storeConfig describes the SQLite store. WAL with synchronous=normal makes a file four times faster than the default
// journal; what it may lose at a power cut is the last moments of a development server.
func storeConfig(dataFile string) *config.SQL {
	if dataFile == "" {
		return &config.SQL{
			PluginName:        sqliteplugin.PluginName,
			DatabaseName:      uuid.NewString(),
			ConnectAttributes: map[string]string{"mode": "memory", "cache": "shared"},
		}
	}
	return &config.SQL{
		PluginName:   sqliteplugin.PluginName,
		DatabaseName: (&url.URL{Path: dataFile}).EscapedPath(), // the store makes a file: URI of it
		ConnectAttributes: map[string]string{
			"mode": "rwc", "journal_mode": "wal", "synchronous": "normal", "busy_timeout": "5000",
		},
	}
}

func serverConfig(options Options, store *config.SQL, ports servicePorts) *config.Config {
	services := make(map[string]config.Service, len(ports))
	for service, port := range ports {
		services[string(service)] = config.Service{RPC: config.RPC{GRPCPort: port, BindOnIP: "127.0.0.1"}}
	}
	return &config.Config{
		Global: config.Global{
			Membership: config.Membership{MaxJoinDuration: startTimeout, BroadcastAddress: "127.0.0.1"},
		},
		Persistence: config.Persistence{
			DefaultStore:     sqliteplugin.PluginName,
			VisibilityStore:  sqliteplugin.PluginName,
			NumHistoryShards: historyShards,
			DataStores:       map[string]config.DataStore{sqliteplugin.PluginName: {SQL: store}},
		},
		ClusterMetadata: &cluster.Config{
			FailoverVersionIncrement: 10,
			MasterClusterName:        clusterName,
			CurrentClusterName:       clusterName,
			ClusterInformation: map[string]cluster.ClusterInformation{
				clusterName: {Enabled: true, InitialFailoverVersion: 1, RPCAddress: loopback(options.FrontendPort)},
			},
		},
		DCRedirectionPolicy: config.DCRedirectionPolicy{Policy: "noop"},
		Services:            services,
		Archival: config.Archival{
			History:    config.HistoryArchival{State: "disabled"},
			Visibility: config.VisibilityArchival{State: "disabled"},
		},
		NamespaceDefaults: config.NamespaceDefaults{Archival: config.ArchivalNamespaceDefaults{
			History:    config.HistoryArchivalNamespaceDefaults{State: "disabled"},
			Visibility: config.VisibilityArchivalNamespaceDefaults{State: "disabled"},
		}},
		PublicClient: config.PublicClient{HostPort: loopback(options.FrontendPort)},
	}
}

// tuning holds the server's own settings: quick on two cores, and nothing sent outside.
func tuning(options Options) dynamicconfig.StaticClient {
	settings := dynamicconfig.StaticClient{
		dynamicconfig.MatchingNumTaskqueueReadPartitions.Key():           1,
		dynamicconfig.MatchingNumTaskqueueWritePartitions.Key():          1,
		dynamicconfig.TransferProcessorMaxPollRPS.Key():                  pollsPerSecond,
		dynamicconfig.TimerProcessorMaxPollRPS.Key():                     pollsPerSecond,
		dynamicconfig.VisibilityProcessorMaxPollRPS.Key():                pollsPerSecond,
		dynamicconfig.OutboundProcessorMaxPollRPS.Key():                  pollsPerSecond,
		dynamicconfig.FrontendMaxNamespaceVisibilityRPSPerInstance.Key(): visibilityPerSecond,
		dynamicconfig.ForceSearchAttributesCacheRefreshOnRead.Key():      true,
		dynamicconfig.EnableServerVersionCheck.Key():                     false,
	}
	if options.SuggestContinueAsNewAfter > 0 {
		settings[dynamicconfig.HistoryCountSuggestContinueAsNew.Key()] = options.SuggestContinueAsNewAfter
	}
	return settings
}

func namespaceConfig(options Options) (*sqlite.NamespaceConfig, error) {
	attributes := make(map[string]enumspb.IndexedValueType, len(options.SearchAttributes))
	for _, name := range options.SearchAttributes {
		attributes[name] = enumspb.INDEXED_VALUE_TYPE_KEYWORD
	}
	namespace, err := sqlite.NewNamespaceConfig(clusterName, options.Namespace, false, attributes)
	if err != nil {
		return nil, fmt.Errorf("describe Temporal's namespace %s: %w", options.Namespace, err)
	}
	namespace.Detail.Config.Retention = durationpb.New(retention)
	return namespace, nil
}
