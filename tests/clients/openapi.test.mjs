// Answers and stream chunks fit the schemas of OpenAI's own specification (conformance data, see INFERSERVE_CONFORMANCE_DATA).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { model, url, weather } from './server.mjs';

const data = process.env.INFERSERVE_CONFORMANCE_DATA;
const skip = data ? false : 'INFERSERVE_CONFORMANCE_DATA is not set';
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addFormat('unixtime', { type: 'number', validate: Number.isInteger });
if (data) ajv.addSchema(JSON.parse(readFileSync(`${data}/openai/openapi-serving.json`, 'utf8')), 'openai');

function fits(name, value) {
  const validate = ajv.getSchema(`openai#/components/schemas/${name}`);
  assert.ok(validate(value), `${name}: ${ajv.errorsText(validate.errors)}\n${JSON.stringify(value)}`);
}

const post = (path, body) => fetch(url + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

async function chunks(path, body) {
  const text = await (await post(path, { ...body, stream: true, stream_options: { include_usage: true } })).text();
  const events = text.split('\n\n').filter(Boolean).map(event => event.replace(/^data: /, ''));
  assert.equal(events.pop(), '[DONE]');
  return events.map(JSON.parse);
}

const chat = { model, temperature: 0, messages: [{ role: 'user', content: 'What is the weather in Paris?' }], max_tokens: 60 };
const variants = {
  plain: chat,
  tools: { ...chat, tools: [weather] },
  logprobs: { ...chat, logprobs: true, top_logprobs: 2 },
  'three samples': { ...chat, n: 3, temperature: 1, seed: 1 },
  'cut short': { ...chat, max_tokens: 1 },
};

for (const [name, body] of Object.entries(variants)) {
  test(`chat completions: ${name}`, { skip }, async () => {
    fits('CreateChatCompletionResponse', await (await post('/v1/chat/completions', body)).json());
    for (const chunk of await chunks('/v1/chat/completions', body)) fits('CreateChatCompletionStreamResponse', chunk);
  });
}

test('completions', { skip }, async () => {
  const body = { model, prompt: ['Hello', 'The capital of'], max_tokens: 5, logprobs: 2 };
  fits('CreateCompletionResponse', await (await post('/v1/completions', body)).json());
  for (const chunk of await chunks('/v1/completions', body)) {
    // The specification has no schema for chunks; they have the form of the whole, but for a finish reason that is still null.
    for (const choice of chunk.choices) choice.finish_reason ??= 'stop';
    fits('CreateCompletionResponse', chunk);
  }
});

test('models', { skip }, async () => {
  fits('ListModelsResponse', await (await fetch(`${url}/v1/models`)).json());
  fits('Model', await (await fetch(`${url}/v1/models/${model}`)).json());
});

test('errors', { skip }, async () => {
  for (const body of [{}, { ...chat, model: 'none' }, { ...chat, temperature: 'hot' }, { ...chat, messages: [] }]) {
    const response = await post('/v1/chat/completions', body);
    assert.ok(response.status >= 400 && response.status < 500);
    fits('ErrorResponse', await response.json());
  }
});
