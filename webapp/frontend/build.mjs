// One page, one entry point; shared code is split into chunks. What it makes is git-ignored.
// usage: node build.mjs <folder for the pages' bundles> <file for the sandbox's FEEL>
import { readFile, rm, writeFile } from "node:fs/promises";
import { dirname, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const [pagesFolder, feelFile] = process.argv.slice(2).map((path) => resolve(path));
if (!feelFile) throw new Error("usage: node build.mjs <folder> <file>");

const scss = {
  name: "scss",
  setup(build) {
    build.onLoad({ filter: /\.scss$/ }, ({ path }) => {
      const made = sass.compile(path, {
        loadPaths: [resolve(here, "node_modules")],
        style: "expanded",
        quietDeps: true,
        // Bootstrap 5 is still written with @import.
        silenceDeprecations: ["import"],
      });
      const watchFiles = made.loadedUrls.map((url) => fileURLToPath(url));
      return { contents: made.css, loader: "css", resolveDir: dirname(path), watchFiles };
    });
  },
};

const shared = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  // Licence comments of the parts are gathered in a file beside each bundle.
  legalComments: "linked",
  target: "es2022",
  logLevel: "warning",
  metafile: true,
};

async function buildPages() {
  await rm(pagesFolder, { recursive: true, force: true });
  const { metafile } = await esbuild.build({
    ...shared,
    entryPoints: { site: "src/site.js", "bpmn-viewer": "src/bpmn-viewer.js" },
    outdir: pagesFolder,
    format: "esm",
    splitting: true,
    sourcemap: true,
    entryNames: "[name]-[hash]",
    chunkNames: "chunks/[name]-[hash]",
    assetNames: "assets/[name]-[hash]",
    loader: { ".woff": "file", ".woff2": "file", ".ttf": "file", ".eot": "file", ".svg": "file", ".png": "file" },
    plugins: [scss],
  });
  await writeFile(resolve(pagesFolder, "manifest.json"), JSON.stringify(manifest(metafile.outputs), null, 2));
}

function manifest(outputs) {
  const inside = (file) => relative(pagesFolder, resolve(here, file)).replaceAll("\\", "/");
  const entries = {};
  for (const [file, output] of Object.entries(outputs)) {
    if (!output.entryPoint) continue;
    const name = output.entryPoint.replace(/^src\//, "").replace(/\.js$/, "");
    entries[`${name}.js`] = inside(file);
    if (output.cssBundle) entries[`${name}.css`] = inside(output.cssBundle);
  }
  return entries;
}

// The server evaluates FEEL in a bare JavaScript engine: one script, no modules, nothing of a browser.
async function buildFeel() {
  await rm(dirname(feelFile), { recursive: true, force: true });
  await esbuild.build({
    ...shared,
    entryPoints: ["src/feel.js"],
    outfile: feelFile,
    format: "iife",
    platform: "neutral",
    mainFields: ["module", "main"],
  });
}

try {
  await Promise.all([buildPages(), buildFeel()]);
} catch (failure) {
  // What esbuild found wrong it has already printed, with file and line.
  if (!failure.errors) console.error(failure);
  process.exit(1);
}
