// Looks at addresses with Lighthouse, in one browser: reads one a line, and answers each
// with a line of JSON.
// CHROME_PATH=… node lighthouse.mjs [CATEGORY …]
import { createInterface } from "node:readline";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const asked = process.argv.slice(2);
const browser = await launch({
  chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu"],
});
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
  return {
    scores: Object.fromEntries(
      Object.values(categories).map(({ id, score }) => [id, score]),
    ),
    shift: audits["cumulative-layout-shift"].numericValue ?? null,
    measured: Object.fromEntries(
      measured.map(({ id, numericValue }) => [id, numericValue]),
    ),
    failed: failed.map(({ id }) => id),
  };
}

for await (const address of createInterface({ input: process.stdin })) {
  const found = await look(address).catch((error) => ({ failed: [String(error)] }));
  console.log(JSON.stringify(found));
}
await browser.kill();
