// Sends the orders of a rush, each once, over so many connections, and writes down each answer.
//
//     node w2_rush.mjs <orders.json> <answers.json>
//
// orders: {url, connections, document, orders: [{token, input}]}. The n-th connection sends every
// n-th order, one after another. answers: {cpuSeconds, answers: [{status, body, milliseconds,
// atMilliseconds} | null]}, in the order of the orders.
import { readFile, writeFile } from "node:fs/promises";
import { performance } from "node:perf_hooks";

import autocannon from "autocannon";

const LONGEST_ANSWER_SECONDS = 60;
const [ordersPath, answersPath] = process.argv.slice(2);
const { url, connections, document, orders } = JSON.parse(await readFile(ordersPath, "utf8"));
const answers = orders.map(() => null);
let connected = 0;
let began = 0;
let latest; // the answer that "response" tells of next

function requestOf(number) {
  return {
    method: "POST",
    headers: {
      authorization: `Bearer ${orders[number].token}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ query: document, variables: { input: orders[number].input } }),
    onResponse(status, body) {
      latest = answers[number] = { status, body };
    },
  };
}

function setupClient(client) {
  const numbers = [];
  for (let number = connected; number < orders.length; number += connections) numbers.push(number);
  connected += 1;
  client.setRequests(numbers.map(requestOf));
  client.on("response", (_status, _bytes, milliseconds) => {
    latest.milliseconds = milliseconds;
    latest.atMilliseconds = performance.now() - began;
  });
}

const cpuBefore = process.cpuUsage();
const run = autocannon({
  url,
  connections,
  amount: orders.length,
  timeout: LONGEST_ANSWER_SECONDS,
  setupClient,
});
began = performance.now(); // every request is written out by now, and none is sent
await run;
const used = process.cpuUsage(cpuBefore);
await writeFile(
  answersPath,
  JSON.stringify({
    cpuSeconds: (used.user + used.system) / 1_000_000,
    answers,
  }),
);
