// Looks at addresses with Lighthouse, in one browser: reads one a line, and answers each
// with a line of JSON. After an answer that lacks something the browser is a new one.
// CHROME_PATH=… node lighthouse.mjs [CATEGORY …]
import { createInterface } from "node:readline";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const asked = process.argv.slice(2);
const start = () =>
  launch({ chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu"] });
let browser = await start();
const wanted = asked.length
  ? { onlyCategories: asked }
  : {
      onlyCategories: ["accessibility", "best-practices", "seo"],
      onlyAudits: ["cumulative-layout-shift"],
    };

async function look(address) {
  const options = { port: browser.port, disableFullPageScreenshot: true, ...wanted };
  const { lhr } = await lighthouse(address, options);
  const { categories, audits } = lhr;
  const measured = Object.values(audits).filter((audit) => audit.numericUnit);
  const failed = Object.values(audits).filter((audit) => audit.score === 0);
  const untold = Object.values(audits).filter((audit) => audit.errorMessage);
  return {
    scores: Object.fromEntries(
      Object.values(categories).map(({ id, score }) => [id, score]),
    ),
    shift: audits["cumulative-layout-shift"].numericValue ?? null,
    measured: Object.fromEntries(
      measured.map(({ id, numericValue }) => [id, numericValue]),
    ),
    failed: failed.map(({ id }) => id),
    untold: untold.map(({ id, errorMessage }) => `${id}: ${errorMessage}`),
  };
}

function isWhole({ scores, shift }) {
  return Boolean(scores) && ![...Object.values(scores), shift].includes(null);
}

for await (const address of createInterface({ input: process.stdin })) {
  const found = await look(address).catch((error) => ({ failed: [], untold: [String(error)] }));
  console.log(JSON.stringify(found));
  if (!isWhole(found)) {
    browser.kill();
    browser = await start();
  }
}
browser.kill();
