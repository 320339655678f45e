// Porcupine as a filter, for comparison: a history a line in, its verdict and the best of some check times a line out.
// The form of a history is that of bench/porcupine.ts.
package main

import (
	"bufio"
	"encoding/json"
	"hash/fnv"
	"os"
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
	Initial        string      `json:"initial"`
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
	timeout := time.Duration(r.TimeoutSeconds * float64(time.Second))
	var result answer
	for i := 0; i < r.Repeat || i == 0; i++ {
		began := time.Now()
		verdict := porcupine.CheckOperationsTimeout(m, history, timeout)
		ms := float64(time.Since(began).Nanoseconds()) / 1e6
		if i == 0 || ms < result.CheckMs {
			result = answer{Verdict: string(verdict), CheckMs: ms}
		}
	}
	return result
}

func main() {
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
