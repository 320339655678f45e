// Porcupine as a filter, for comparison: a history a line in, its verdict and the best of some check times a line out.
// The form of a history is that of bench/porcupine.ts. With a path it judges the key-value log that is there, or the Jepsen
// logs of one register in the folder that is there.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/anishathalye/porcupine"
)

type operation struct {
	F       string `json:"f"`
	Key     string `json:"key"`
	A       string `json:"a"`
	B       string `json:"b"`
	Unknown bool   `json:"unknown"`
	Call    int64  `json:"call"`
	Return  int64  `json:"return"`
}

type request struct {
	Initial string `json:"initial"`
	// All keys together are one object.
	Whole          bool        `json:"whole"`
	Repeat         int         `json:"repeat"`
	TimeoutSeconds float64     `json:"timeoutSeconds"`
	Operations     []operation `json:"operations"`
}

type answer struct {
	Verdict string  `json:"verdict"`
	CheckMs float64 `json:"checkMs"`
}

func model(initial string) porcupine.Model {
	return porcupine.Model{
		Partition: byKey,
		Init:      func() interface{} { return initial },
		Step: func(state, input, output interface{}) (bool, interface{}) {
			s, op := state.(string), input.(operation)
			switch op.F {
			case "read":
				return op.Unknown || s == op.A, s
			case "write":
				return true, op.A
			case "append":
				return true, s + op.A
			case "not":
				return s != op.A, s
			default:
				if s == op.A {
					return true, op.B
				}
				return op.Unknown, s
			}
		},
		Equal: func(a, b interface{}) bool { return a.(string) == b.(string) },
		Hash: func(state interface{}) uint64 {
			h := fnv.New64a()
			h.Write([]byte(state.(string)))
			return h.Sum64()
		},
	}
}

// A store of many keys as one state, as for those who cannot partition; its operations are get, put and append.
func wholeStore(initial string) porcupine.Model {
	return porcupine.Model{
		Init: func() interface{} { return map[string]string{} },
		Step: func(state, input, output interface{}) (bool, interface{}) {
			s, op := state.(map[string]string), input.(operation)
			value, known := s[op.Key]
			if !known {
				value = initial
			}
			switch op.F {
			case "read":
				return op.Unknown || value == op.A, s
			case "append":
				return true, with(s, op.Key, value+op.A)
			default:
				return true, with(s, op.Key, op.A)
			}
		},
		Equal: func(a, b interface{}) bool { return maps.Equal(a.(map[string]string), b.(map[string]string)) },
		Hash: func(state interface{}) uint64 {
			sum := uint64(0)
			for key, value := range state.(map[string]string) {
				h := fnv.New64a()
				h.Write([]byte(key))
				h.Write([]byte(value))
				sum ^= h.Sum64()
			}
			return sum
		},
	}
}

func with(store map[string]string, key, value string) map[string]string {
	after := maps.Clone(store)
	after[key] = value
	return after
}

func byKey(history []porcupine.Operation) [][]porcupine.Operation {
	groups := make(map[string][]porcupine.Operation)
	for _, op := range history {
		key := op.Input.(operation).Key
		groups[key] = append(groups[key], op)
	}
	parts := make([][]porcupine.Operation, 0, len(groups))
	for _, part := range groups {
		parts = append(parts, part)
	}
	return parts
}

func judge(r request) answer {
	history := make([]porcupine.Operation, len(r.Operations))
	for i, op := range r.Operations {
		history[i] = porcupine.Operation{ClientId: i, Input: op, Call: op.Call, Output: nil, Return: op.Return}
	}
	m := model(r.Initial)
	if r.Whole {
		m = wholeStore(r.Initial)
	}
	timeout := time.Duration(r.TimeoutSeconds * float64(time.Second))
	var result answer
	for i := 0; i < r.Repeat || i == 0; i++ {
		began := time.Now()
		verdict := porcupine.CheckOperationsTimeout(m, history, timeout)
		ms := float64(time.Since(began).Nanoseconds()) / 1e6
		if i == 0 || ms < result.CheckMs {
			result = answer{Verdict: string(verdict), CheckMs: ms}
		}
		if verdict == porcupine.Unknown {
			break
		}
	}
	return result
}

// The value of a field of a log's line: `:name value`, up to a comma or the closing brace; texts without escapes.
func field(line, name string) string {
	rest := line[strings.Index(line, name)+len(name):]
	if rest[0] == '"' {
		return rest[1 : 1+strings.IndexByte(rest[1:], '"')]
	}
	return rest[:strings.IndexAny(rest, ",}")]
}

var functions = map[string]string{":get": "read", ":put": "write", ":append": "append"}

// Reads `{:process 0, :type :invoke, :f :put, :key "0", :value "1"}`, an event a line.
func readLog(path string) []operation {
	file, err := os.Open(path)
	if err != nil {
		panic(err)
	}
	defer file.Close()
	lines := bufio.NewScanner(bufio.NewReaderSize(file, 1<<20))
	operations := make([]operation, 0)
	open := make(map[string]int)
	for event := int64(0); lines.Scan(); event++ {
		line := lines.Text()
		process, value := field(line, ":process "), field(line, ":value ")
		if field(line, ":type ") == ":invoke" {
			open[process] = len(operations)
			operations = append(operations, operation{F: functions[field(line, ":f ")], Key: field(line, ":key "), A: value, Call: event})
			continue
		}
		op := &operations[open[process]]
		op.Return = event
		if op.F == "read" {
			op.A = strings.TrimPrefix(value, "nil")
		}
	}
	return operations
}

// Reads lines as `INFO  jepsen.util - 3	:invoke	:cas	[2 4]`; others are passed over. What failed did not happen.
func readJepsenLog(path string) []operation {
	text, err := os.ReadFile(path)
	if err != nil {
		panic(err)
	}
	operations := make([]operation, 0)
	open := make(map[string]int)
	failed := make(map[int]bool)
	event := int64(0)
	for _, line := range strings.Split(string(text), "\n") {
		parts := strings.Split(line, "\t")
		if len(parts) != 4 || !strings.HasPrefix(parts[0], prefix) {
			continue
		}
		process, end, f, value := parts[0][len(prefix):], strings.TrimSpace(parts[1]), parts[2][1:], parts[3]
		event++
		if end == ":invoke" {
			open[process] = len(operations)
			op := operation{F: f, A: value, Unknown: true, Call: event, Return: 1 << 62}
			if f == "cas" {
				fmt.Sscanf(value, "[%s %s", &op.A, &op.B)
				op.B = strings.TrimSuffix(op.B, "]")
			}
			operations = append(operations, op)
			continue
		}
		at, isOpen := open[process]
		if !isOpen {
			continue
		}
		op := &operations[at]
		if end == ":fail" {
			failed[at] = true
		} else if end == ":ok" {
			op.Unknown, op.Return = false, event
			if f == "read" {
				op.A = strings.TrimPrefix(value, "nil")
			}
		}
	}
	happened := make([]operation, 0, len(operations))
	for at, op := range operations {
		if !failed[at] {
			happened = append(happened, op)
		}
	}
	return happened
}

const prefix = "INFO  jepsen.util - "

// How many of the logs in a folder are not linearizable.
func illegalIn(folder string) int {
	logs, _ := filepath.Glob(filepath.Join(folder, "*.log"))
	illegal := 0
	for _, log := range logs {
		if judge(request{Operations: readJepsenLog(log)}).Verdict == string(porcupine.Illegal) {
			illegal++
		}
	}
	return illegal
}

func main() {
	if len(os.Args) > 1 {
		var verdict any
		if about, err := os.Stat(os.Args[1]); err == nil && about.IsDir() {
			verdict = illegalIn(os.Args[1])
		} else {
			verdict = judge(request{Operations: readLog(os.Args[1])}).Verdict
		}
		var usage syscall.Rusage
		syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
		fmt.Println(verdict, usage.Maxrss)
		return
	}
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := json.NewEncoder(os.Stdout)
	decoder := json.NewDecoder(in)
	for decoder.More() {
		var r request
		if err := decoder.Decode(&r); err != nil {
			panic(err)
		}
		if err := out.Encode(judge(r)); err != nil {
			panic(err)
		}
	}
}
