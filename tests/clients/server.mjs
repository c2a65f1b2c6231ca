// Where the server under test listens, and clients that talk to it.
import OpenAI from 'openai';

export const url = process.env.INFERSERVE_URL ?? 'http://localhost:8000';
export const model = process.env.INFERSERVE_MODEL ?? 'inferserve-nano';

export const client = (options = {}) => new OpenAI({ baseURL: `${url}/v1`, apiKey: 'not-needed', maxRetries: 0, ...options });

export const weather = {
  type: 'function',
  function: {
    name: 'get_weather',
    description: 'Get the weather of a city',
    parameters: { type: 'object', properties: { city: { type: 'string', description: 'The city' } }, required: ['city'], additionalProperties: false },
  },
};

/** The value of a metric, summed over the series whose labels contain `label`. */
export async function metric(name, label = '') {
  const text = await (await fetch(`${url}/metrics`)).text();
  return text.split('\n')
    .filter(line => line.startsWith(`inferserve_${name}{`) && line.includes(label))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
}

/** Asks again until the condition holds; fails after a minute. */
export async function until(condition) {
  const end = Date.now() + 60_000;
  while (!await condition()) {
    if (Date.now() > end) throw new Error('waited in vain');
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}
