// A server with one row and seven places to wait (INFERSERVE_BUSY_URL): refusals are retried by the official package, as its users expect.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import OpenAI from 'openai';
import { client, model } from './server.mjs';

const url = process.env.INFERSERVE_BUSY_URL;
const skip = url ? false : 'INFERSERVE_BUSY_URL is not set';
// Eight answers take all places, and long enough, one behind the other, for the test to act meanwhile.
const n = 8;
const long = { model, n, prompt: 'Hello', stream: true, max_tokens: 1900, temperature: 2, seed: 3, ignore_eos: true };
const short = { model, n, messages: [{ role: 'user', content: 'Hello!' }], max_tokens: 5 };

test('a full queue is a rate limit error with Retry-After, and a retry succeeds', { skip }, async () => {
  const impatient = client({ baseURL: `${url}/v1` }), patient = client({ baseURL: `${url}/v1`, maxRetries: 10 });
  const kept = await patient.completions.create(long);
  await kept[Symbol.asyncIterator]().next();

  await assert.rejects(impatient.chat.completions.create(short), error =>
    error instanceof OpenAI.RateLimitError && error.code === 'queue_full' && Number(error.headers.get('retry-after')) >= 1);
  const retried = patient.chat.completions.create(short);
  kept.controller.abort();
  assert.equal((await retried).choices.length, n);
});
