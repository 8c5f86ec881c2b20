// The sounds themselves: computed once, played by the browser's audio clock, so that no timer of a
// hidden page holds them up. Ring: two tones, 1 s on, 2 s off. Overdue: one low tone. A drill's timbre differs,
// but for what is real and rings into it.

const RATE = 16_000;
const STEP = 0.125; // the two tones take turns
const LOUDER = 20;
const SOFT = 0.35;
const LOUD = 0.9;
const drill = "drill" in document.body.dataset;
const LOW = drill ? 131 : 165;

function wave(frequency, time, played = drill) {
  const turn = Math.sin(2 * Math.PI * frequency * time);
  return played ? Math.sign(turn) * 0.4 : turn;
}

function buffer(context, seconds, at) {
  const sound = context.createBuffer(1, RATE * seconds, RATE);
  const samples = sound.getChannelData(0);
  for (let n = 0; n < samples.length; n += 1) samples[n] = at(n / RATE);
  return sound;
}

// Each tone swells and fades within its step: no clicks.
const tones = (played) => (time) => (time < 1 ? wave((played ? [523, 392] : [880, 660])[Math.floor(time / STEP) % 2], time, played) * Math.sin(Math.PI * ((time % STEP) / STEP)) ** 0.5 : 0);
const low = (time) => wave(LOW, time) * Math.sin(Math.PI * Math.min(1, time / 0.9));

export class Bell {
  constructor(onChange) {
    this.context = new AudioContext();
    this.gain = this.context.createGain();
    this.gain.connect(this.context.destination);
    this.context.addEventListener("statechange", onChange);
    this.context.addEventListener("error", onChange);
  }

  /** Whether what is played comes out: the audio clock must be running. */
  get runs() {
    return this.context.state === "running";
  }

  async wake() {
    if (!this.runs) await this.context.resume();
    return this.runs;
  }

  /** Ring on and on; `rung` is for how many seconds it has rung already, `real` whether in earnest within a drill. */
  ring(rung, real = false) {
    if (this.source && this.real === real) return;
    this.hush();
    this.real = real;
    const now = this.context.currentTime;
    this.gain.gain.setValueAtTime(rung < LOUDER ? SOFT : LOUD, now);
    if (rung < LOUDER) this.gain.gain.setValueAtTime(LOUD, now + LOUDER - rung);
    this.source = this.play(buffer(this.context, 3, tones(drill && !real)), true);
  }

  hush() {
    this.source?.stop();
    this.source = null;
    this.gain.gain.cancelScheduledValues(0);
  }

  /** Once: the ring as a trial, or the low tone. */
  once(name) {
    if (this.source) return;
    this.gain.gain.setValueAtTime(SOFT, this.context.currentTime);
    this.play(buffer(this.context, 1, name === "overdue" ? low : tones(drill)), false);
  }

  play(sound, loop) {
    const source = this.context.createBufferSource();
    Object.assign(source, { buffer: sound, loop });
    source.connect(this.gain);
    source.start();
    return source;
  }
}
