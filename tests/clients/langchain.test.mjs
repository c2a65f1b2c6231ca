// An agent framework's client: LangChain.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HumanMessage, ToolMessage } from '@langchain/core/messages';
import { tool } from '@langchain/core/tools';
import { ChatOpenAI } from '@langchain/openai';
import { z } from 'zod';
import { model, url } from './server.mjs';

const chat = new ChatOpenAI({ model, temperature: 0, apiKey: 'not-needed', maxRetries: 0, configuration: { baseURL: `${url}/v1` } });
const getWeather = tool(({ city }) => JSON.stringify({ temperature: city === 'Oslo' ? 4 : 30 }), {
  name: 'get_weather', description: 'Get the weather of a city', 
  schema: { type: 'object', properties: { city: { type: 'string', description: 'The city' } }, required: ['city'] },
});

test('a question is answered, whole and streamed', async () => {
  assert.match((await chat.invoke('What is the capital of Spain?')).text, /Madrid/);
  let text = '';
  for await (const chunk of await chat.stream('What is the capital of Spain?')) text += chunk.text;
  assert.match(text, /Madrid/);
});

test('a bound tool makes the round', async () => {
  const agent = chat.bindTools([getWeather]);
  const messages = [new HumanMessage('What is the weather in Oslo?')];
  const call = await agent.invoke(messages);
  assert.deepEqual(call.tool_calls.map(({ name, args }) => ({ name, args })), [{ name: 'get_weather', args: { city: 'Oslo' } }]);
  messages.push(call, new ToolMessage({ tool_call_id: call.tool_calls[0].id, content: await getWeather.invoke(call.tool_calls[0].args) }));
  assert.match((await agent.invoke(messages)).text, /4/);
});

test('structured output fits its schema', async () => {
  const extract = chat.withStructuredOutput(z.object({ name: z.string(), age: z.number().int() }), { method: 'jsonSchema' });
  assert.deepEqual(await extract.invoke('Tom is 8 years old and lives in Rome. Extract the name and the age as JSON.'), { name: 'Tom', age: 8 });
});
