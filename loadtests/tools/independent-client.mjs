// A second client, to hold the load generator against: node independent-client.mjs <server> <model> [requests] [output tokens]
import { readFileSync } from 'node:fs';

const [server = 'http://localhost:8000', model = 'inferserve-nano', requests = '100', tokens = '48'] = process.argv.slice(2);
const prompts = readFileSync(new URL('prompts.jsonl', import.meta.url), 'utf8').trim().split('\n').map(line => JSON.parse(line).prompt);

async function ask(content) {
  const body = JSON.stringify({
    model, messages: [{ role: 'user', content }], max_tokens: +tokens, ignore_eos: true, temperature: 1, seed: 1, stream: true, stream_options: { include_usage: true },
  });
  const start = performance.now();
  const answer = await fetch(`${server}/v1/chat/completions`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
  const arrivals = [], decoder = new TextDecoder();
  let text = '', usage;
  for await (const bytes of answer.body) {
    const now = performance.now();
    const events = (text += decoder.decode(bytes, { stream: true })).split('\n\n');
    text = events.pop();
    for (const data of events.map(event => event.slice('data: '.length)).filter(data => data !== '[DONE]')) {
      const chunk = JSON.parse(data);
      if (chunk.choices[0]?.delta?.content) arrivals.push(now);
      usage = chunk.usage ?? usage;
    }
  }
  const end = performance.now();
  return { ttft: arrivals[0] - start, e2e: end - start, tpot: (end - arrivals[0]) / (usage.completion_tokens - 1), tokens: usage.completion_tokens };
}

// Sum and count of the server's histogram, over all its labels; nothing where the server has no such metrics.
async function histogram(name) {
  const text = await fetch(`${server}/metrics`).then(answer => answer.ok ? answer.text() : '', () => '');
  const total = end => text.split('\n').filter(line => line.startsWith(`inferserve_${name}_${end}`)).reduce((sum, line) => sum + +line.split(' ').at(-1), 0);
  return { sum: total('sum'), count: total('count') };
}

function show(name, values, unit) {
  const sorted = values.toSorted((a, b) => a - b), at = share => sorted[Math.ceil(share * sorted.length) - 1].toFixed(2);
  const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
  console.log(`${name}: mean ${mean.toFixed(2)}  p50 ${at(0.5)}  p90 ${at(0.9)}  p95 ${at(0.95)}  p99 ${at(0.99)}  max ${at(1)} ${unit}`);
}

const names = ['time_to_first_token_seconds', 'request_duration_seconds'];
const before = await Promise.all(names.map(histogram));
const results = [], start = performance.now();
for (let index = 0; index < +requests; index++) results.push(await ask(prompts[index % prompts.length]));
const seconds = (performance.now() - start) / 1000;
const after = await Promise.all(names.map(histogram));

for (const name of ['ttft', 'tpot', 'e2e']) show(name, results.map(result => result[name]), 'ms');
console.log(`output tokens/s: ${(results.reduce((sum, result) => sum + result.tokens, 0) / seconds).toFixed(1)}`);
names.forEach((name, index) => {
  const count = after[index].count - before[index].count;
  if (count > 0) console.log(`server's ${name}: mean ${(1000 * (after[index].sum - before[index].sum) / count).toFixed(2)} ms over ${count}`);
});
