// The official JavaScript package against the chat endpoint.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { client, metric, model, until, weather } from './server.mjs';

const openai = client();
const ask = (content, options = {}) => ({ model, temperature: 0, messages: [{ role: 'user', content }], ...options });

test('a question gets its answer', async () => {
  const { data, response } = await openai.chat.completions.create(ask('What is the capital of France?')).withResponse();
  assert.match(data.choices[0].message.content, /Paris/);
  assert.equal(data.choices[0].finish_reason, 'stop');
  assert.equal(data.usage.total_tokens, data.usage.prompt_tokens + data.usage.completion_tokens);
  assert.ok(data.system_fingerprint);
  assert.ok(response.headers.get('x-request-id'));
});

test('a stream brings the same text in pieces, then the usage', async () => {
  const whole = await openai.chat.completions.create(ask('What is InferServe?'));
  let text = '', pieces = 0, usage;
  for await (const chunk of await openai.chat.completions.create(ask('What is InferServe?', { stream: true, stream_options: { include_usage: true } }))) {
    if (chunk.choices[0]?.delta.content) { text += chunk.choices[0].delta.content; pieces++; }
    if (chunk.usage) { usage = chunk.usage; assert.equal(chunk.choices.length, 0); }
  }
  assert.equal(text, whole.choices[0].message.content);
  assert.ok(pieces > 3, `${pieces} pieces`);
  assert.equal(usage.completion_tokens, whole.usage.completion_tokens);
});

test('the stream helper assembles the same message', async () => {
  const runner = openai.chat.completions.stream(ask('What is the capital of Japan?'));
  assert.match(await runner.finalContent(), /Tokyo/);
});

test('n answers come with their index, streamed or not', async () => {
  const options = { n: 3, temperature: 2, seed: 7, max_tokens: 24 };
  const whole = await openai.chat.completions.create(ask('Tell me something.', options));
  assert.deepEqual(whole.choices.map(choice => choice.index), [0, 1, 2]);
  assert.ok(new Set(whole.choices.map(choice => choice.message.content)).size > 1, 'samples differ');

  const streamed = ['', '', ''];
  for await (const chunk of await openai.chat.completions.create(ask('Tell me something.', { ...options, stream: true }))) {
    for (const choice of chunk.choices) streamed[choice.index] += choice.delta.content ?? '';
  }
  assert.deepEqual(streamed, whole.choices.map(choice => choice.message.content));
});

test('log-probabilities spell the answer', async () => {
  const { choices: [choice] } = await openai.chat.completions.create(ask('What is the capital of Italy?', { logprobs: true, top_logprobs: 3 }));
  const tokens = choice.logprobs.content;
  assert.equal(Buffer.concat(tokens.map(token => Buffer.from(token.bytes))).toString(), choice.message.content);
  for (const token of tokens) {
    assert.equal(token.top_logprobs.length, 3);
    assert.ok(token.logprob <= 0 && token.top_logprobs[0].logprob >= token.top_logprobs[1].logprob);
    assert.equal(token.token, token.top_logprobs[0].token, 'greedy takes the likeliest');
  }
});

test('a stop string ends the answer, also across token borders', async () => {
  const whole = await openai.chat.completions.create(ask('Spell the word garden.'));
  const text = whole.choices[0].message.content;
  const stop = text.slice(3, 6);
  const stopped = await openai.chat.completions.create(ask('Spell the word garden.', { stop }));
  assert.equal(stopped.choices[0].message.content, text.slice(0, text.indexOf(stop)));
  assert.equal(stopped.choices[0].finish_reason, 'stop');
});

test('a logit bias bans the likeliest first token', async () => {
  const question = 'What is the capital of France?';
  const free = await openai.chat.completions.create(ask(question, { return_token_ids: true }));
  const first = free.choices[0].token_ids[0];
  const biased = await openai.chat.completions.create(ask(question, { return_token_ids: true, logit_bias: { [first]: -100 } }));
  assert.ok(!biased.choices[0].token_ids.includes(first));
});

test('a tool is called, and its result becomes the answer', async () => {
  const messages = [{ role: 'user', content: 'What is the weather in Paris?' }];
  const { choices: [call] } = await openai.chat.completions.create({ model, temperature: 0, messages, tools: [weather] });
  assert.equal(call.finish_reason, 'tool_calls');
  const [{ id, function: f }] = call.message.tool_calls;
  assert.equal(f.name, 'get_weather');
  assert.deepEqual(JSON.parse(f.arguments), { city: 'Paris' });

  messages.push(call.message, { role: 'tool', tool_call_id: id, content: '{"temperature": 21}' });
  const { choices: [answer] } = await openai.chat.completions.create({ model, temperature: 0, messages, tools: [weather] });
  assert.match(answer.message.content, /21/);
});

test('the tool runner makes the round by itself', async () => {
  let asked;
  const runner = openai.chat.completions.runTools({
    model, temperature: 0, messages: [{ role: 'user', content: 'What is the weather in Rome?' }],
    tools: [{ type: 'function', function: { ...weather.function, parse: JSON.parse, function: ({ city }) => { asked = city; return { temperature: 25 }; } } }],
  });
  assert.match(await runner.finalContent(), /25/);
  assert.equal(asked, 'Rome');
});

test('tool_choice none keeps tools out, required and named demand a call', async () => {
  const clock = { type: 'function', function: { name: 'set_alarm', parameters: { type: 'object', properties: { hour: { type: 'integer' } }, required: ['hour'], additionalProperties: false } } };
  const create = options => openai.chat.completions.create(ask('Hello!', { tools: [weather, clock], max_tokens: 200, ...options }));
  assert.equal((await create({ tool_choice: 'none' })).choices[0].message.tool_calls, undefined);
  const { choices: [required] } = await create({ tool_choice: 'required' });
  assert.equal(required.finish_reason, 'tool_calls');
  const { choices: [named] } = await create({ tool_choice: { type: 'function', function: { name: 'set_alarm' } }, parallel_tool_calls: false });
  assert.equal(named.message.tool_calls.length, 1);
  assert.equal(named.message.tool_calls[0].function.name, 'set_alarm');
  assert.equal(typeof JSON.parse(named.message.tool_calls[0].function.arguments).hour, 'number');
});

test('an aborted stream ends the generation', async () => {
  const before = await metric('requests_total', 'cancelled');
  const stream = await openai.completions.create({ model, prompt: 'Hello', stream: true, max_tokens: 1900, temperature: 2, seed: 3, ignore_eos: true, n: 64 });
  for await (const _ of stream) break;
  stream.controller.abort();
  await until(async () => await metric('requests_total', 'cancelled') > before);
  await until(async () => await metric('requests_running') === 0);
});
