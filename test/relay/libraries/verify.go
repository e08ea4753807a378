// Counts the calls that Standard Webhooks' own library accepts. Lines of JSON: id, timestamp, signature, body in base64.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"os"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

type call struct {
	ID        string `json:"id"`
	Timestamp string `json:"timestamp"`
	Signature string `json:"signature"`
	Body      []byte `json:"body"`
}

func main() {
	webhook, err := standardwebhooks.NewWebhook(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	accepted := 0
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var one call
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			log.Fatal(err)
		}
		headers := http.Header{}
		headers.Set("webhook-id", one.ID)
		headers.Set("webhook-timestamp", one.Timestamp)
		headers.Set("webhook-signature", one.Signature)
		if webhook.Verify(one.Body, headers) == nil {
			accepted++
		}
	}
	if err := lines.Err(); err != nil {
		log.Fatal(err)
	}
	fmt.Println(accepted)
}
