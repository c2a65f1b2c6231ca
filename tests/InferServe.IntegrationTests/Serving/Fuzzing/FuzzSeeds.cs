namespace InferServe.IntegrationTests.Serving.Fuzzing;

/// <summary>Sound requests from which the broken ones are made. Together they use every parameter of the API.</summary>
internal static class FuzzSeeds
{
    /// <summary>The bodies by path. Generations are short, so that a round is.</summary>
    public static IReadOnlyDictionary<string, string[]> ByPath { get; } = new Dictionary<string, string[]>
    {
        ["/v1/chat/completions"] =
        [
            """{"model":"inferserve-nano","max_tokens":3,"messages":[{"role":"system","content":"Be brief."},{"role":"user","name":"u","content":[{"type":"text","text":"Hello"}]}],"stop":["a","b"],"n":2,"logprobs":true,"top_logprobs":2,"logit_bias":{"5":1.5},"temperature":1.5,"top_p":0.9,"top_k":5,"min_p":0.1,"seed":7,"presence_penalty":1,"frequency_penalty":-1,"repetition_penalty":1.1}""",
            """{"model":"inferserve-nano","max_completion_tokens":3,"stream":true,"stream_options":{"include_usage":true},"messages":[{"role":"user","content":"Hi"}],"tools":[{"type":"function","function":{"name":"f","description":"d","strict":true,"parameters":{"type":"object","properties":{"x":{"type":"integer"}},"required":["x"],"additionalProperties":false}}}],"tool_choice":"auto","parallel_tool_calls":false,"min_tokens":1,"ignore_eos":true,"stop_token_ids":[3],"include_stop_str_in_output":true}""",
            """{"model":"inferserve-nano","max_tokens":3,"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":null,"reasoning_content":"r","tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"c","content":"1"}],"response_format":{"type":"text"},"metadata":{"a":"b"},"user":"u","store":true,"service_tier":"auto","reasoning_effort":"low","prompt_logprobs":2,"return_token_ids":true,"priority":-1,"cache_salt":"s"}""",
            """{"model":"inferserve-nano","max_tokens":4,"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"He"}],"continue_final_message":true,"add_generation_prompt":false,"chat_template_kwargs":{"enable_thinking":false},"response_format":{"type":"json_schema","json_schema":{"name":"n","description":"d","strict":true,"schema":{"type":"object","properties":{"a":{"type":["string","null"],"pattern":"^[a-z]{1,3}$"},"b":{"anyOf":[{"type":"integer","minimum":0},{"$ref":"#/$defs/c"}]}},"required":["a"],"additionalProperties":false,"$defs":{"c":{"enum":[1,"x",null]}}}}}}""",
            """{"model":"inferserve-nano","max_tokens":4,"messages":[{"role":"developer","content":"x"},{"role":"user","content":"Hi"}],"tools":[{"type":"function","function":{"name":"f"}},{"type":"function","function":{"name":"g","parameters":{"type":"object"}}}],"tool_choice":{"type":"function","function":{"name":"g"}}}""",
        ],
        ["/v1/completions"] =
        [
            """{"model":"inferserve-nano","prompt":["one","two"],"max_tokens":2,"n":2,"echo":true,"logprobs":1,"stop":"x","seed":-1}""",
            """{"model":"inferserve-nano","prompt":[[5,6,7],[8]],"max_tokens":2,"stream":true,"stream_options":{"include_usage":false},"best_of":1,"suffix":"","temperature":0,"structured_outputs":{"choice":["a","b"]}}""",
            """{"model":"inferserve-nano","prompt":"x","max_tokens":3,"structured_outputs":{"regex":"[a-c]{2,5}(?:x|y)*"},"return_token_ids":true,"prompt_logprobs":1}""",
            """{"model":"inferserve-nano","prompt":"x","max_tokens":3,"structured_outputs":{"grammar":"root ::= item (\",\" item)*\nitem ::= [a-z]+ | \"(\" root \")\""},"stream":true}""",
        ],
        ["/tokenize"] =
        [
            """{"model":"inferserve-nano","prompt":"Grüße","add_special_tokens":false,"return_token_strs":true}""",
            """{"model":"inferserve-nano","messages":[{"role":"user","content":"Hi"}],"tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}],"add_generation_prompt":false,"continue_final_message":false,"chat_template_kwargs":{"a":[1]}}""",
        ],
        ["/detokenize"] = ["""{"model":"inferserve-nano","tokens":[1,2,300,2047]}"""],
    };
}
