import { describe, expect, it } from "vitest";
import { readBotOptions } from "./options.ts";

describe("the command line of the bots", () => {
  it("asks for a dozen on this machine when it says nothing", () => {
    expect(readBotOptions([], {})).toEqual({ count: 12, url: "http://localhost:2567" });
  });

  it("takes a count, and an address from the argument, the environment or the port", () => {
    const env = { ARENA_URL: "https://arena.example/", PORT: "3000" };
    expect(readBotOptions(["20", "--url", "http://10.0.0.1:99"], env)).toEqual({
      count: 20,
      url: "http://10.0.0.1:99",
    });
    expect(readBotOptions(["1"], env)?.url).toBe("https://arena.example");
    expect(readBotOptions(["1"], { PORT: "3000" })?.url).toBe("http://localhost:3000");
  });

  it("gives nothing to do when asked for help", () => {
    expect(readBotOptions(["20", "--help"], {})).toBeUndefined();
  });

  it.each([
    [["many"], 'not "many"'],
    [["0"], "from 1 to 64"],
    [["65"], "from 1 to 64"],
    [["3", "4"], "3 4"],
    [["--url", "localhost:2567"], "begins with http://"],
    [["--speed"], "--speed"],
  ])("refuses %j in a sentence", (args, message) => {
    expect(() => readBotOptions(args, {})).toThrow(message);
  });
});
