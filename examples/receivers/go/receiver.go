// Receives calls from OT Bridge, verifies them with Standard Webhooks' own library, and reads what each is about.
//
//	go build -C examples/receivers/go -o target/ && examples/receivers/go/target/receiver
//
// WEBHOOK_SECRET_FILE: where the subscription's secret is. OT_BRIDGE_URL, OT_BRIDGE_TOKEN: whom to ask, and with what.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

type call struct {
	Type string `json:"type"`
	Data *struct {
		Ref       string `json:"ref"`
		Version   *int64 `json:"version"`
		Href      string `json:"href"`
		Challenge string `json:"challenge"`
	} `json:"data"`
}

var (
	secretFile = setting("WEBHOOK_SECRET_FILE", ".data/webhook-secret")
	bridge     = setting("OT_BRIDGE_URL", "http://127.0.0.1:8080")
	token      = os.Getenv("OT_BRIDGE_TOKEN")
	client     = &http.Client{Timeout: 10 * time.Second}

	// In use these belong in the database: written in one transaction with the work that the call leads to.
	lock     sync.Mutex
	ids      = map[string]bool{}
	versions = map[string]int64{}
)

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:"+setting("PORT", "9000"))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("Listening on http://%s/\n", listener.Addr())
	log.Fatal(http.Serve(listener, http.HandlerFunc(receive)))
}

func receive(w http.ResponseWriter, r *http.Request) {
	if origin := r.Header.Get("WebHook-Request-Origin"); r.Method == http.MethodOptions && origin != "" {
		w.Header().Set("WebHook-Allowed-Origin", origin)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 20_480))
	if err != nil {
		w.WriteHeader(http.StatusRequestEntityTooLarge)
		return
	}
	received, ok := verified(r.Header, body)
	if !ok {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	// Answer first, work afterwards: the bridge waits 15 seconds.
	answer := map[string]string{}
	if received.Data.Challenge != "" {
		answer["challenge"] = received.Data.Challenge
	}
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(answer)
	go handle(r.Header.Get("webhook-id"), received)
}

// verified is false for what is not from the bridge, or not a call.
func verified(headers http.Header, body []byte) (call, bool) {
	var received call
	secret, err := os.ReadFile(secretFile)
	if err != nil || len(strings.TrimSpace(string(secret))) == 0 {
		return received, false
	}
	webhook, err := standardwebhooks.NewWebhook(strings.TrimSpace(string(secret)))
	if err != nil || webhook.Verify(body, headers) != nil {
		return received, false
	}
	err = json.Unmarshal(body, &received)
	return received, err == nil && received.Type != "" && received.Data != nil
}

func handle(id string, received call) {
	data := received.Data
	if !isNew(id, data.Ref, data.Version) {
		return
	}
	if data.Version == nil {
		fmt.Printf("verified %s\n", received.Type)
	} else {
		fmt.Printf("verified %s, version %d\n", received.Type, *data.Version)
	}
	// The token is for the bridge alone.
	if !strings.HasPrefix(data.Href, bridge+"/") {
		return
	}
	request, err := http.NewRequest(http.MethodGet, data.Href, nil)
	if err != nil {
		return
	}
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	answer, err := client.Do(request)
	if err != nil {
		fmt.Println("the bridge does not answer: ask again later")
		return
	}
	answer.Body.Close()
	// 404: it has been withdrawn since.
	fmt.Printf("read what it is about: %d\n", answer.StatusCode)
}

// isNew is false for a repeat, and for what is older than what has come: href gives the newest.
func isNew(id, ref string, version *int64) bool {
	lock.Lock()
	defer lock.Unlock()
	if ids[id] {
		return false
	}
	ids[id] = true
	if ref == "" || version == nil {
		return true
	}
	if *version < versions[ref] {
		return false
	}
	versions[ref] = *version
	return true
}

func setting(name, otherwise string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return otherwise
}
