package net.reroute.lab;

import java.util.Map;

/** Two controllers beside a Linux router, which keeps their lease: nobody has to hand over. */
class ClusterIT extends SeveralControllers {

    @Override
    Map<String, Integer> machines() {
        return Map.of("ctl2", 29);
    }

    @Override
    String goneWord() {
        return "did not renew its lease";
    }
}
