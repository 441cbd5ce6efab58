// Exams a second of the npm package isncsci over a file of exams, in one process.
// Arguments: the module's folder, the exams (a JSON array), seconds to run.
const fs = require('fs');
const { ISNCSCI } = require(process.argv[2]);
const exams = JSON.parse(fs.readFileSync(process.argv[3], 'utf8')).map((exam) => ({
  ...exam, voluntaryAnalContraction: exam.vac, deepAnalPressure: exam.dap,
  right: side(exam.right), left: side(exam.left),
}));
function side(s) {
  return { motor: s.motor, lightTouch: s.light_touch, pinPrick: s.pin_prick,
           lowestNonKeyMuscleWithMotorFunction: s.lowest_non_key_muscle || undefined };
}
const seconds = Number(process.argv[4]);
let rates = [];
const end = process.hrtime.bigint() + BigInt(Math.round(seconds * 1e9));
while (process.hrtime.bigint() < end) {
  const start = process.hrtime.bigint();
  for (const exam of exams) new ISNCSCI(exam);
  rates.push(exams.length / (Number(process.hrtime.bigint() - start) / 1e9));
}
rates.sort((a, b) => a - b);
console.log(JSON.stringify({ passes: rates.length, median: rates[rates.length >> 1], best: rates[rates.length - 1] }));
