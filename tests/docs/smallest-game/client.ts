import { join } from "@tidelock/client";
import { dots } from "./game.ts";

const session = await join(location.origin, dots);
const keys = new Set<string>();
addEventListener("keydown", ({ code }) => keys.add(code));
addEventListener("keyup", ({ code }) => keys.delete(code));
const held = (code: string) => Number(keys.has(code));
const canvas = document.body.appendChild(document.createElement("canvas"));
const pen = canvas.getContext("2d")!;
canvas.width = canvas.height = 640;

requestAnimationFrame(function draw(now) {
  session.input.moveX = held("ArrowRight") - held("ArrowLeft");
  session.input.moveY = held("ArrowDown") - held("ArrowUp");
  pen.clearRect(0, 0, 640, 640);
  for (const dot of session.frame(now).dot) {
    pen.fillStyle = dot.mine ? "crimson" : "steelblue";
    pen.fillRect(dot.x * 8 + 312, dot.y * 8 + 312, 16, 16);
  }
  requestAnimationFrame(draw);
});
