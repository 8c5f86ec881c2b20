// Signs, label boxes and hatches of the map, drawn on a canvas in the page's colors.

const RATIO = 2;
export const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** What a tone fills and edges with; the law's colors are tokens of the face. */
export function tones() {
  return {
    calm: { fill: token("--surface"), edge: token("--ink2"), ink: token("--ink2") },
    red: { fill: token("--warning-red"), edge: token("--red"), ink: token("--red") },
    orange: { fill: token("--warning-orange"), edge: token("--orange"), ink: token("--orange") },
    yellow: { fill: token("--warning-yellow"), edge: token("--yellow-edge"), ink: token("--yellow") },
    blue: { fill: token("--warning-blue"), edge: token("--blue"), ink: token("--blue") },
    accent: { fill: token("--accent"), edge: token("--accent"), ink: token("--accent") },
  };
}

function canvas(width, height) {
  const element = Object.assign(document.createElement("canvas"), { width: width * RATIO, height: height * RATIO });
  const brush = element.getContext("2d");
  brush.scale(RATIO, RATIO);
  brush.lineJoin = "round";
  return { brush, image: () => brush.getImageData(0, 0, width * RATIO, height * RATIO) };
}

const SHAPES = {
  station: (b) => (b.moveTo(3, 4), b.lineTo(21, 4), b.lineTo(12, 20), b.closePath()),
  incident: (b) => (b.moveTo(12, 1), b.lineTo(23, 12), b.lineTo(12, 23), b.lineTo(1, 12), b.closePath()),
  unit: (b) => b.roundRect(3, 3, 18, 18, 4),
  place: (b) => b.arc(12, 12, 5, 0, 2 * Math.PI),
};

function mark(sign, tone) {
  const { brush, image } = canvas(24, 24);
  const own = { incident: tone === "calm" ? "red" : tone, unit: "accent" }[sign] ?? tone;
  const { fill, edge } = tones()[own] ?? tones().calm;
  const inside = sign === "incident" || sign === "unit";
  brush.beginPath();
  (SHAPES[sign] ?? SHAPES.place)(brush);
  brush.fillStyle = fill;
  brush.fill();
  brush.lineWidth = 1.8;
  brush.strokeStyle = inside ? token("--surface") : edge;
  brush.stroke();
  return { data: image(), options: { pixelRatio: RATIO } };
}

function box(tone) {
  const { brush, image } = canvas(24, 24);
  brush.beginPath();
  brush.roundRect(1, 1, 22, 22, 4);
  brush.fillStyle = token("--surface");
  brush.fill();
  brush.lineWidth = 1.2;
  brush.strokeStyle = tone === "calm" ? token("--line2") : (tones()[tone] ?? tones().calm).edge;
  brush.stroke();
  const stretch = [[8 * RATIO, 16 * RATIO]];
  return { data: image(), options: { pixelRatio: RATIO, stretchX: stretch, stretchY: stretch, content: [6 * RATIO, 4 * RATIO, 18 * RATIO, 20 * RATIO] } };
}

function crowd(tone) {
  const { brush, image } = canvas(36, 36);
  brush.beginPath();
  brush.arc(18, 18, 15, 0, 2 * Math.PI);
  brush.fillStyle = token("--surface");
  brush.fill();
  brush.lineWidth = 3.2;
  brush.strokeStyle = (tones()[tone] ?? tones().calm).edge;
  brush.stroke();
  return { data: image(), options: { pixelRatio: RATIO } };
}

function hatch(tone) {
  const size = 12;
  const { brush, image } = canvas(size, size);
  brush.strokeStyle = (tones()[tone] ?? tones().calm).fill;
  if (tone === "calm") brush.strokeStyle = tones().calm.edge;
  brush.globalAlpha = 0.34;
  brush.lineWidth = 1.5;
  for (const shift of [-size, 0, size]) {
    brush.beginPath();
    brush.moveTo(shift, size);
    brush.lineTo(shift + size, 0);
    brush.stroke();
  }
  return { data: image(), options: { pixelRatio: RATIO } };
}

function seat(square) {
  const { brush, image } = canvas(12, 12);
  brush.beginPath();
  if (square) brush.rect(2.5, 2.5, 7, 7);
  else brush.arc(6, 6, 3, 0, 2 * Math.PI);
  brush.fillStyle = token("--map-land");
  brush.fill();
  brush.lineWidth = 1.6;
  brush.strokeStyle = token("--ink");
  brush.stroke();
  return { data: image(), options: { pixelRatio: RATIO } };
}

const SIGNS = ["station", "incident", "unit", "place"];

/** Every image that the style asks for, by its name; all at once, since what is asked for late is left out of tiles. */
export function* images() {
  yield ["seat-main", seat(true)];
  yield ["seat-small", seat(false)];
  for (const tone of Object.keys(tones())) {
    yield [`box-${tone}`, box(tone)];
    yield [`crowd-${tone}`, crowd(tone)];
    yield [`hatch-${tone}`, hatch(tone)];
    for (const sign of SIGNS) yield [`mark-${sign}-${tone}`, mark(sign, tone)];
  }
}
