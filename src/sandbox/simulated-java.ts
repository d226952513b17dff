/**
 * What the sandbox simulates of `java` and `javax`, by package: classes and their static members. Then members of what `new` makes of
 * a class, and of values, without those of JavaScript's. Written by simulated-java.test.ts with `npx vitest --update`.
 */
export const simulatedJava: Readonly<Record<string, string>> = {
  'new java.io.ByteArrayOutputStream': 'close flush reset size toByteArray toString write writeBytes',
  'java.io': 'ByteArrayOutputStream',
  'new java.lang.Object': '',
  'new java.lang.StringBuilder': 'append indexOf insert length reverse setLength substring toString',
  'new java.lang.StringBuffer': 'append indexOf insert length reverse setLength substring toString',
  'java.lang':
    'Boolean Boolean.FALSE Boolean.TRUE Boolean.parseBoolean Boolean.toString Boolean.valueOf Byte Byte.MAX_VALUE Byte.MIN_VALUE Byte.compare Byte.max Byte.min Byte.parseByte Byte.toString Byte.valueOf Character Character.isDigit Character.isLetter Character.isLetterOrDigit Character.isLowerCase Character.isUpperCase Character.isWhitespace Character.toLowerCase Character.toUpperCase Double Double.compare Double.isNaN Double.max Double.min Double.parseDouble Double.toString Double.valueOf Exception Float Float.compare Float.isNaN Float.max Float.min Float.parseFloat Float.toString Float.valueOf IllegalArgumentException Integer Integer.MAX_VALUE Integer.MIN_VALUE Integer.compare Integer.max Integer.min Integer.parseInt Integer.toString Integer.valueOf Long Long.MAX_VALUE Long.MIN_VALUE Long.compare Long.max Long.min Long.parseLong Long.toString Long.valueOf Math Math.E Math.PI Math.abs Math.acos Math.acosh Math.asin Math.asinh Math.atan Math.atan2 Math.atanh Math.cbrt Math.ceil Math.clz32 Math.cos Math.cosh Math.exp Math.expm1 Math.f16round Math.floor Math.fround Math.hypot Math.imul Math.log Math.log10 Math.log1p Math.log2 Math.max Math.min Math.pow Math.random Math.round Math.sign Math.sin Math.sinh Math.sqrt Math.sumPrecise Math.tan Math.tanh Math.trunc Number Number.compare Number.isNaN Number.max Number.min Number.parseNumber Number.toString Number.valueOf Object RuntimeException Short Short.MAX_VALUE Short.MIN_VALUE Short.compare Short.max Short.min Short.parseShort Short.toString Short.valueOf StrictMath StrictMath.E StrictMath.PI StrictMath.abs StrictMath.acos StrictMath.acosh StrictMath.asin StrictMath.asinh StrictMath.atan StrictMath.atan2 StrictMath.atanh StrictMath.cbrt StrictMath.ceil StrictMath.clz32 StrictMath.cos StrictMath.cosh StrictMath.exp StrictMath.expm1 StrictMath.f16round StrictMath.floor StrictMath.fround StrictMath.hypot StrictMath.imul StrictMath.log StrictMath.log10 StrictMath.log1p StrictMath.log2 StrictMath.max StrictMath.min StrictMath.pow StrictMath.random StrictMath.round StrictMath.sign StrictMath.sin StrictMath.sinh StrictMath.sqrt StrictMath.sumPrecise StrictMath.tan StrictMath.tanh StrictMath.trunc String String.format String.join String.valueOf StringBuffer StringBuilder System System.currentTimeMillis System.lineSeparator System.nanoTime',
  'java.net': 'URLDecoder URLDecoder.decode URLEncoder URLEncoder.encode',
  'java.nio.charset':
    'StandardCharsets StandardCharsets.ISO_8859_1 StandardCharsets.US_ASCII StandardCharsets.UTF_8',
  'new java.security.SecureRandom': 'nextBoolean nextBytes nextDouble nextInt nextLong',
  'java.security': 'MessageDigest MessageDigest.getInstance SecureRandom SecureRandom.getInstanceStrong',
  'java.text': 'SimpleDateFormat',
  'java.time':
    'Clock Clock.systemUTC Duration Duration.between Duration.of Duration.ofDays Duration.ofHalf_days Duration.ofHours Duration.ofMillis Duration.ofMinutes Duration.ofSeconds Duration.ofWeeks Instant Instant.EPOCH Instant.MAX Instant.now Instant.ofEpochMilli Instant.ofEpochSecond Instant.parse LocalDateTime LocalDateTime.now LocalDateTime.of LocalDateTime.ofEpochSecond LocalDateTime.ofInstant LocalDateTime.parse ZoneId ZoneId.of ZoneId.systemDefault ZoneOffset ZoneOffset.UTC',
  'java.time.format':
    'DateTimeFormatter DateTimeFormatter.ISO_DATE_TIME DateTimeFormatter.ISO_INSTANT DateTimeFormatter.ISO_LOCAL_DATE_TIME DateTimeFormatter.ofPattern',
  'java.time.temporal':
    'ChronoUnit ChronoUnit.DAYS ChronoUnit.HALF_DAYS ChronoUnit.HOURS ChronoUnit.MILLIS ChronoUnit.MINUTES ChronoUnit.SECONDS ChronoUnit.WEEKS',
  'new java.util.Date':
    'after before compareTo equals getDate getDay getHours getMinutes getMonth getSeconds getTime getYear setDate setHours setMinutes setMonth setSeconds setTime setYear toJSON toString',
  'java.util':
    'ArrayList Arrays Arrays.asList Base64 Base64.getDecoder Base64.getEncoder Base64.getMimeDecoder Base64.getUrlDecoder Base64.getUrlEncoder Collections Collections.emptyList Collections.emptyMap Collections.emptySet Collections.singleton Collections.singletonList Collections.singletonMap Collections.sort Date Date.from HashMap HashSet LinkedHashMap LinkedHashSet LinkedList List List.of Locale Locale.ENGLISH Locale.ROOT Locale.UK Locale.US Locale.getDefault Map Map.of Objects Objects.equals Objects.isNull Objects.nonNull Objects.requireNonNullElse Objects.toString Set Set.of TimeZone TimeZone.getDefault TimeZone.getTimeZone TreeMap TreeSet UUID UUID.fromString UUID.randomUUID',
  'java.util.concurrent':
    'TimeUnit TimeUnit.DAYS TimeUnit.HOURS TimeUnit.MILLISECONDS TimeUnit.MINUTES TimeUnit.SECONDS',
  'javax.crypto': 'Cipher Cipher.DECRYPT_MODE Cipher.ENCRYPT_MODE Cipher.getInstance Mac Mac.getInstance',
  'javax.crypto.spec': 'GCMParameterSpec IvParameterSpec SecretKeySpec',
  'javax.security.auth.callback':
    'ChoiceCallback ConfirmationCallback ConfirmationCallback.CANCEL ConfirmationCallback.ERROR ConfirmationCallback.INFORMATION ConfirmationCallback.NO ConfirmationCallback.OK ConfirmationCallback.OK_CANCEL_OPTION ConfirmationCallback.UNSPECIFIED_OPTION ConfirmationCallback.WARNING ConfirmationCallback.YES ConfirmationCallback.YES_NO_CANCEL_OPTION ConfirmationCallback.YES_NO_OPTION LanguageCallback NameCallback PasswordCallback TextInputCallback TextOutputCallback TextOutputCallback.ERROR TextOutputCallback.INFORMATION TextOutputCallback.WARNING',
  'a string':
    'asString compareTo contains equals equalsIgnoreCase getBytes hashCode isBlank isEmpty matches replaceFirst toCharArray',
  'a number': 'doubleValue equals intValue longValue',
  'a flag': '',
  'a list':
    'add addAll clear contains containsAll equals get isEmpty iterator remove removeAll removeIf retainAll set size subList toArray toString',
  'a set':
    'add addAll clear contains containsAll equals isEmpty iterator remove removeAll removeIf retainAll size toArray toString',
  'a map':
    'clear containsKey containsValue entrySet equals forEach get getOrDefault isEmpty keySet put putAll putIfAbsent remove size toString values',
  'a state': 'containsKey get isDefined isEmpty keySet put remove size toString',
}
