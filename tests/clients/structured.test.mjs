// Structured outputs with the official JavaScript package.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zodResponseFormat } from 'openai/helpers/zod';
import { z } from 'zod';
import { client, model } from './server.mjs';

const openai = client();
const messages = [{ role: 'user', content: 'Mia is 31 years old and lives in Oslo. Extract the name, the age and the city as JSON.' }];
const Person = z.object({ name: z.string(), age: z.number().int(), city: z.enum(['Oslo', 'Rome', 'Lima']) });

test('parse returns what the schema describes', async () => {
  const { choices: [choice] } = await openai.chat.completions.parse({ model, temperature: 0, messages, response_format: zodResponseFormat(Person, 'person') });
  assert.deepEqual(choice.message.parsed, { name: 'Mia', age: 31, city: 'Oslo' });
});

test('at temperature 1.5 the form still holds', async () => {
  for (let seed = 0; seed < 10; seed++) {
    const { choices: [choice] } = await openai.chat.completions.create({
      model, temperature: 1.5, seed, max_tokens: 400, messages: [{ role: 'user', content: 'Hello!' }], response_format: zodResponseFormat(Person, 'person'),
    });
    if (choice.finish_reason === 'stop') Person.parse(JSON.parse(choice.message.content));
    else assert.equal(choice.finish_reason, 'length');
  }
});

test('json_object gives an object', async () => {
  const { choices: [choice] } = await openai.chat.completions.create({ model, temperature: 0, messages, response_format: { type: 'json_object' } });
  assert.equal(typeof JSON.parse(choice.message.content), 'object');
});

test('regex, choice and grammar limit the answer', async () => {
  const create = async structured_outputs =>
    (await openai.chat.completions.create({ model, temperature: 1, seed: 1, max_tokens: 50, messages: [{ role: 'user', content: 'Hello!' }], structured_outputs })).choices[0].message.content;
  assert.match(await create({ regex: '[0-9]{3}-[a-f]{2}' }), /^[0-9]{3}-[a-f]{2}$/);
  assert.ok(['red', 'green'].includes(await create({ choice: ['red', 'green'] })));
  assert.match(await create({ grammar: 'root ::= "a" ("b" | "c")* "d"' }), /^a[bc]*d?$/);
});

test('a keyword that is not supported is refused by name', async () => {
  await assert.rejects(
    openai.chat.completions.create({
      model, messages, response_format: { type: 'json_schema', json_schema: { name: 'x', schema: { type: 'array', unevaluatedItems: false, contains: { type: 'integer' } } } },
    }),
    error => error.status === 400 && /contains|unevaluatedItems/.test(error.message));
});
