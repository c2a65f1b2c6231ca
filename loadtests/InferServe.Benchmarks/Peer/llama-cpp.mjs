// llama.cpp in a process of its own, driven by lines of JSON on standard input:
//   {"prompts": [[token, …], …], "tokens": n, "lookup": bool}  →  {"firstToken": [ms, …], "end": [ms, …], "tokens": [n, …]}
// Times count from the start of the run. Greedy; the end token does not end a stream. The first line out says that it is ready.
//   node llama-cpp.mjs MODEL.gguf THREADS SEQUENCES CONTEXT
import { createInterface } from "node:readline";
import { getLlama, InputLookupTokenPredictor } from "node-llama-cpp";

const [file, threads, sequences, contextSize] = [process.argv[2], ...process.argv.slice(3).map(Number)];
const llama = await getLlama({ gpu: false, build: "never", maxThreads: threads, logLevel: "error", progressLogs: false });
const model = await llama.loadModel({ modelPath: file });
console.log(JSON.stringify({ ready: true, release: llama.llamaCppRelease.release, flashAttention: false }));

for await (const line of createInterface({ input: process.stdin })) {
    const run = JSON.parse(line);
    // A fresh context for each run: nothing of an earlier prompt is known.
    const context = await model.createContext({ sequences: Math.min(sequences, run.prompts.length), contextSize, batchSize: 512, threads });
    const started = performance.now();
    const streams = run.prompts.map(async (prompt) => {
        const tokenPredictor = run.lookup ? new InputLookupTokenPredictor() : undefined;
        const sequence = context.getSequence({ tokenPredictor });
        let [firstToken, count] = [null, 0];
        for await (const _ of sequence.evaluate(prompt, { temperature: 0, yieldEogToken: true })) {
            firstToken ??= performance.now() - started;
            count++;
            if (count === run.tokens)
                break;
        }
        return { firstToken, end: performance.now() - started, tokens: count };
    });
    const results = await Promise.all(streams);
    await context.dispose();
    console.log(JSON.stringify({
        firstToken: results.map((r) => r.firstToken),
        end: results.map((r) => r.end),
        tokens: results.map((r) => r.tokens),
    }));
}
