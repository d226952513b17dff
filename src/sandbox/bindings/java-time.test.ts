import { afterAll, expect, test } from 'vitest'
import { createScriptEngine } from '../create-script-engine.ts'
import { run } from '../fixtures/script-job.ts'

const now = Date.UTC(2026, 1, 3, 14, 5, 6, 70)
const engine = createScriptEngine({ workers: 1, now: () => now })
afterAll(() => engine.close())

const setup = `var t = java.time, f = java.time.format.DateTimeFormatter, U = java.time.temporal.ChronoUnit
  var Simple = java.text.SimpleDateFormat, Units = java.util.concurrent.TimeUnit\n`
const outcomeOf = async (expression: string) =>
  (await run(engine, `${setup} outcome = ${expression}`, { kind: 'legacyDecision' })).outcome

test.each([
  ['t.Instant.now().toString()', '2026-02-03T14:05:06.070Z'],
  ['t.Instant.now().toEpochMilli()', now],
  ['t.Instant.ofEpochSecond(5).plusSeconds(55).plus(1, U.HOURS).toString()', '1970-01-01T01:01:00Z'],
  ['t.Instant.parse("2026-01-01T00:00:00Z").isBefore(t.Instant.now())', true],
  ['t.Instant.now().minus(t.Duration.ofDays(1)).isAfter(t.Instant.now())', false],
  ['t.Duration.between(t.Instant.EPOCH, t.Instant.ofEpochSecond(7200)).toHours()', 2],
  ['U.MINUTES.between(t.Instant.ofEpochSecond(0), t.Instant.ofEpochSecond(150))', 2],
  ['t.LocalDateTime.now().toString()', '2026-02-03T14:05:06.070'],
  ['t.LocalDateTime.of(2026, 1, 31, 10, 0).plusMonths(1).toString()', '2026-02-28T10:00'],
  ['t.LocalDateTime.parse("2026-03-01T08:30").minusDays(1).getDayOfMonth()', 28],
  ['t.LocalDateTime.now().format(f.ofPattern("yyyy-MM-dd HH:mm:ss"))', '2026-02-03 14:05:06'],
  ['t.LocalDateTime.parse("03/02/2026 07:08", f.ofPattern("dd/MM/yyyy HH:mm")).getHour()', 7],
  ['t.LocalDateTime.ofInstant(t.Instant.ofEpochSecond(0), t.ZoneOffset.UTC).getYear()', 1970],
  [
    'new Simple("EEE, d MMM yyyy hh:mm a \'at\' z").format(new java.util.Date())',
    'Tue, 3 Feb 2026 02:05 PM at UTC',
  ],
  ['new Simple("yyyyMMddHHmmss").parse("20260203140506").getTime()', Date.UTC(2026, 1, 3, 14, 5, 6)],
  [
    `new Simple("yyyy-MM-dd'T'HH:mm:ss.SSSX").parse("2026-02-03T14:00:00.000+02:00").getTime()`,
    Date.UTC(2026, 1, 3, 12),
  ],
  ['new Simple("d MMMM yy").format(new java.util.Date(0))', '1 January 70'],
  ['java.util.Date.from(t.Instant.ofEpochMilli(7)).getTime()', 7],
  [
    '[Units.DAYS.toHours(2), Units.MINUTES.convert(7200, Units.SECONDS), Units.SECONDS.toMillis(3)]',
    [48, 120, 3000],
  ],
])('%s is %j', async (expression, value) => {
  expect(await outcomeOf(expression)).toEqual(value)
})

test.each([
  ['t.Instant.parse("yesterday")', 'DateTimeParseException'],
  ['new Simple("yyyy").parse("x")', 'ParseException: Unparseable date'],
  ['new Simple("qq")', 'Illegal pattern character'],
  ['t.ZoneId.of("Europe/Berlin")', 'Time zone Europe/Berlin is not available'],
  ['new Simple("yyyy").setTimeZone(java.util.TimeZone.getTimeZone("PST"))', 'Time zone PST is not available'],
])('%s throws as Java does', async (expression, message) => {
  await expect(outcomeOf(expression)).rejects.toThrow(message)
})
