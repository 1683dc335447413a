// Counts the statements of an RDF file with N3.js in its strict mode: node count.cjs FILE FORMAT
const { createReadStream } = require("node:fs");
const { Parser } = require("n3");

const [file, format] = process.argv.slice(2);
let count = 0;
new Parser({ format }).parse(createReadStream(file, "utf8"), (error, quad) => {
  if (error) {
    console.error(error.message);
    process.exit(1);
  }
  if (quad) count += 1;
  else console.log(count);
});
