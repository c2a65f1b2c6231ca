// Errors arrive as the exception types of the official JavaScript package.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import OpenAI from 'openai';
import { client, model } from './server.mjs';

const openai = client();
const hello = { model, messages: [{ role: 'user', content: 'Hello!' }] };

test('an unknown model is not found', () => assert.rejects(
  openai.chat.completions.create({ ...hello, model: 'no-such-model' }),
  error => error instanceof OpenAI.NotFoundError && error.code === 'model_not_found' && error.param === 'model'));

test('a value out of range is a bad request that names it', () => assert.rejects(
  openai.chat.completions.create({ ...hello, temperature: 3 }),
  error => error instanceof OpenAI.BadRequestError && error.param === 'temperature' && error.type === 'invalid_request_error' && /\b3\b/.test(error.message)));

test('a prompt beyond the context names both numbers', () => assert.rejects(
  openai.chat.completions.create({ ...hello, messages: [{ role: 'user', content: 'one two three '.repeat(4000) }] }),
  error => error instanceof OpenAI.BadRequestError && error.code === 'context_length_exceeded' && error.message.match(/\d+/g).length >= 2));

test('a client that waits too briefly times out', () => assert.rejects(
  client({ timeout: 1 }).chat.completions.create({ ...hello, max_tokens: 1500, ignore_eos: true }),
  OpenAI.APIConnectionTimeoutError));

test('models can be listed and retrieved', async () => {
  const ids = [];
  for await (const one of openai.models.list()) ids.push(one.id);
  assert.ok(ids.includes(model));
  assert.equal((await openai.models.retrieve(model)).id, model);
  await assert.rejects(openai.models.retrieve('no-such-model'), OpenAI.NotFoundError);
});
